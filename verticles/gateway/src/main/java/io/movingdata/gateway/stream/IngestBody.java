package io.movingdata.gateway.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.event.AccessEventReader;
import io.movingdata.core.event.EventFault;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.gateway.http.JsonFields;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The events of a request: one object, an array, or one object a line.
 *
 * @param single whether it is one object: then a fault refuses the request
 * @param events those that are acceptable
 * @param rejected those that are not, by their place
 */
record IngestBody(boolean single, List<AccessEvent> events, List<Rejected> rejected) {
  /** An event that is not acceptable; {@code index} from 0. */
  record Rejected(int index, List<EventFault> errors) {}

  /** Reads a body that says it is JSON. */
  static IngestBody json(Buffer body, Instant now) {
    JsonNode root = JsonFields.tree(body);
    List<JsonNode> items = new ArrayList<>();
    if (root.isArray()) {
      root.forEach(items::add);
    } else {
      items.add(root);
    }
    return of(root.isObject(), items, now);
  }

  /** Reads a body of lines. A line that is no JSON is rejected as any other event. */
  static IngestBody lines(Buffer body, Instant now) {
    List<JsonNode> items = new ArrayList<>();
    for (String line : body.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isBlank()) {
        items.add(line(line));
      }
    }
    return of(false, items, now);
  }

  private static JsonNode line(String line) {
    try {
      return JsonFields.tree(Buffer.buffer(line));
    } catch (MovingDataException notJson) {
      return null;
    }
  }

  private static IngestBody of(boolean single, List<JsonNode> items, Instant now) {
    if (items.isEmpty() || items.size() > TelemetryApi.MOST_EVENTS) {
      throw MovingDataException.of(
          ErrorCode.INVALID_REQUEST,
          "the body must hold 1 to " + TelemetryApi.MOST_EVENTS + " events");
    }
    List<AccessEvent> events = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      AccessEventReader.Read read =
          AccessEventReader.read(items.get(i), UUID.randomUUID().toString(), now, true);
      if (read.event() == null) {
        rejected.add(new Rejected(i, read.faults()));
      } else {
        events.add(read.event());
      }
    }
    return new IngestBody(single, events, rejected);
  }
}
