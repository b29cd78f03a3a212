package io.movingdata.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an operation answers with. {@link #WRITTEN} stands for one that wrote its own.
 *
 * @param body null for none
 */
public record Answer(int status, Map<String, String> headers, Buffer body) {
  /** The operation has written to the response itself. */
  public static final Answer WRITTEN = new Answer(0, Map.of(), null);

  /** A status without a body. */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), null);
  }

  /** A body of a type. */
  public static Answer of(int status, String contentType, Buffer body) {
    return new Answer(status, Map.of("Content-Type", contentType), body);
  }

  /** A JSON body; nulls stay. */
  public static Answer json(int status, JsonNode body) {
    return of(status, "application/json", bytes(body));
  }

  /** A record as its JSON. */
  public static Answer shown(int status, Object value) {
    return json(status, Json.mapper().<JsonNode>valueToTree(value));
  }

  private static Buffer bytes(JsonNode body) {
    try {
      return Buffer.buffer(Json.mapper().writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw MovingDataException.of(ErrorCode.INTERNAL, "an answer cannot be written as JSON", e);
    }
  }

  boolean written() {
    return status == 0;
  }

  /** The same with one more header; null leaves it out. */
  public Answer with(String name, String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }
}
