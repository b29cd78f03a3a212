package io.movingdata.gateway.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.contract.TelemetryApi.Ingested;
import io.movingdata.core.contract.TelemetryApi.StreamMetrics;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Query;
import io.movingdata.gateway.http.Routes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** {@code /ingest_event} and {@code /streaming/metrics}. */
public final class StreamEndpoints {
  /** As long as the broker may take to say that it does not acknowledge, and the outbox to fill. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  /** What takes longer to read than an event loop should be kept. */
  private static final int LARGE = 64 * 1024;

  private static final String LINES = "application/x-ndjson";
  private static final int DEFAULT_LATEST = 20;
  private static final int MOST_LATEST = 200;

  private final Bus bus;
  private final Bodies bodies;
  private final Clock clock;

  public StreamEndpoints(Bus bus, Bodies bodies, Clock clock) {
    this.bus = bus;
    this.bodies = bodies;
    this.clock = clock;
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes.bind(Operation.INGEST_EVENT, this::ingest);
    routes.bind(Operation.STREAM_METRICS, this::metrics);
  }

  private Future<Answer> ingest(Call call) {
    call.noQuery();
    call.requester();
    boolean lines = Bodies.isOf(call, LINES);
    return bodies
        .read(call, LINES)
        .compose(
            body ->
                body.length() < LARGE
                    ? Future.succeededFuture(parsed(body, lines))
                    : bus.vertx().executeBlocking(() -> parsed(body, lines), false))
        .compose(this::ingest);
  }

  private IngestBody parsed(Buffer body, boolean lines) {
    return lines ? IngestBody.lines(body, clock.instant()) : IngestBody.json(body, clock.instant());
  }

  private Future<Answer> ingest(IngestBody body) {
    if (body.single() && !body.rejected().isEmpty()) {
      List<MovingDataException.FieldError> fields =
          body.rejected().get(0).errors().stream()
              .map(fault -> new MovingDataException.FieldError(fault.field(), fault.message()))
              .toList();
      throw MovingDataException.of(ErrorCode.INVALID_REQUEST, "the event is not acceptable")
          .withFields(fields);
    }
    if (body.events().isEmpty()) {
      return Future.succeededFuture(Answer.json(200, view(body, new Ingested(0, 0, null))));
    }
    return bus.request(TelemetryApi.INGEST, new TelemetryApi.Ingest(body.events()), PATIENCE)
        .map(ingested -> Answer.json(200, view(body, ingested)));
  }

  private static ObjectNode view(IngestBody body, Ingested ingested) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    if (body.single()) {
      view.put("queued", ingested.waiting() == 0);
    } else {
      view.put("queued", ingested.published());
    }
    if (ingested.waiting() > 0) {
      view.put("waiting", ingested.waiting());
      view.put("reason", ingested.reason());
    }
    if (!body.single()) {
      ArrayNode rejected = view.putArray("rejected");
      body.rejected().forEach(one -> rejected.add(Json.mapper().<JsonNode>valueToTree(one)));
    }
    return view;
  }

  private Future<Answer> metrics(Call call) {
    Query query = call.query();
    int latest = query.number("limit", 0, MOST_LATEST, DEFAULT_LATEST);
    query.check();
    return bus.request(TelemetryApi.METRICS, new TelemetryApi.MetricsQuery(latest))
        .map(metrics -> Answer.json(200, view(metrics)));
  }

  private static ObjectNode view(StreamMetrics metrics) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("producer_ready", metrics.producerReady());
    view.put("consumer_ready", metrics.consumerReady());
    view.put("kafka_bootstrap", metrics.bootstrap());
    view.put("topic", metrics.topic());
    view.set("partitions", Json.mapper().valueToTree(metrics.partitions()));
    view.put("consumer_lag", metrics.lag() < 0 ? null : (Long) metrics.lag());
    view.put("throughput_per_min", metrics.perMinute());
    view.put("total_events", metrics.events());
    view.put("active_clients", metrics.clients());
    view.put("dead_letters", metrics.deadLetters());
    view.put("duplicates", metrics.duplicates());
    view.put(
        "last_anomaly_ts", metrics.lastAnomaly() == null ? null : metrics.lastAnomaly().toString());
    view.set("events", Json.mapper().valueToTree(metrics.latest()));
    return view;
  }
}
