package io.movingdata.telemetry.ingest;

import io.movingdata.core.contract.InsightApi.OutboxPage;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.model.OutboxEntry;
import io.movingdata.telemetry.broker.BrokerLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits, oldest first, one node at a time. A fact leaves the outbox after the broker has
 * acknowledged it, so a crash in between sends it once more.
 */
public final class OutboxSender {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxSender.class);
  private static final long INTERVAL_MS = 1_000;
  private static final Map<String, String> VERSION = Map.of("version", "1");

  private final Vertx vertx;
  private final BrokerLink broker;
  private final Outbox outbox;
  private Future<Void> round = Future.succeededFuture();
  private long timer = -1;
  private boolean stopped;

  public OutboxSender(Vertx vertx, BrokerLink broker, Outbox outbox) {
    this.vertx = vertx;
    this.broker = broker;
    this.outbox = outbox;
  }

  /** Starts looking. */
  public void start() {
    timer = vertx.setPeriodic(INTERVAL_MS, fired -> look());
  }

  private void look() {
    if (!stopped && broker.ready() && round.isComplete()) {
      round =
          sendAll()
              .onFailure(failure -> LOG.debug("the outbox waits: {}", failure.getMessage()))
              .otherwiseEmpty();
    }
  }

  private Future<Void> sendAll() {
    return outbox
        .oldest()
        .compose(
            page ->
                page.entries().isEmpty() || stopped
                    ? Future.succeededFuture()
                    : send(page).compose(sent -> sendAll()));
  }

  private Future<Void> send(OutboxPage page) {
    List<Future<Void>> sends = page.entries().stream().map(this::send).toList();
    return Future.join(sends)
        .map(CrashPoint.FACT_PUBLISHED::passed)
        .compose(acknowledged -> outbox.sent(page.entries()));
  }

  private Future<Void> send(OutboxEntry entry) {
    byte[] value = entry.value().getBytes(StandardCharsets.UTF_8);
    return broker.send(broker.topics().of(entry.kind()), entry.key(), value, VERSION);
  }

  /** Ends after what is under way. */
  public Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    return round;
  }
}
