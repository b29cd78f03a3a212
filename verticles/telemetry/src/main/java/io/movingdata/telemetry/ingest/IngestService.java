package io.movingdata.telemetry.ingest;

import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.contract.TelemetryApi.Ingested;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.telemetry.broker.BrokerLink;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes events: to the broker, and to the outbox where that does not acknowledge. */
public final class IngestService {
  private static final int PAGE = 500;
  private static final Map<String, String> VERSION = Map.of("version", "1");

  private final BrokerLink broker;
  private final Outbox outbox;
  private final Derivation derivation;

  public IngestService(BrokerLink broker, Outbox outbox, Derivation derivation) {
    this.broker = broker;
    this.outbox = outbox;
    this.derivation = derivation;
  }

  /** Carries out {@code TelemetryApi.INGEST}. */
  public Future<Ingested> ingest(TelemetryApi.Ingest request) {
    if (request.events().size() > TelemetryApi.MOST_EVENTS) {
      throw MovingDataException.of(
          ErrorCode.INVALID_REQUEST, "more than " + TelemetryApi.MOST_EVENTS + " events");
    }
    return derivation.derive(request.events()).compose(this::take);
  }

  private Future<Ingested> take(List<AccessEvent> events) {
    if (!broker.ready()) {
      return store(events, 0, broker.reason());
    }
    if (outbox.waiting()) {
      return store(events, 0, "earlier events still wait for the event broker");
    }
    return send(events, 0);
  }

  /** A page after another, so that few are waited for once the broker does not acknowledge. */
  private Future<Ingested> send(List<AccessEvent> events, int from) {
    if (from >= events.size()) {
      return Future.succeededFuture(new Ingested(events.size(), 0, null));
    }
    int to = Math.min(events.size(), from + PAGE);
    List<Future<Void>> sends = events.subList(from, to).stream().map(this::send).toList();
    return Future.join(sends)
        .transform(
            done -> {
              // Of one that failed it is not known whether the broker has it: sent twice, it counts
              // once.
              List<AccessEvent> left = new ArrayList<>();
              for (int i = from; i < to; i++) {
                if (sends.get(i - from).failed()) {
                  left.add(events.get(i));
                }
              }
              if (left.isEmpty()) {
                return send(events, to);
              }
              left.addAll(events.subList(to, events.size()));
              return store(left, events.size() - left.size(), broker.reason());
            });
  }

  private Future<Void> send(AccessEvent event) {
    return broker.send(
        broker.topics().access(), event.fileId(), Json.toBuffer(event).getBytes(), VERSION);
  }

  private Future<Ingested> store(List<AccessEvent> events, int published, String reason) {
    return outbox.add(events).map(done -> new Ingested(published, events.size(), reason));
  }
}
