package io.movingdata.core.audit;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.AuditEntry;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.TimeId;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue of audit entries, sent to the catalog in batches and kept until it has them. When
 * the queue is full because the catalog is away, entries go to the process log instead, in full.
 * Belongs to one event-loop context.
 */
public final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int CAPACITY = 20_000;
  private static final int BATCH = 500;
  private static final long FLUSH_MS = 200;

  private final Bus bus;
  private final Clock clock;
  private final Deque<AuditEntry> waiting = new ArrayDeque<>();
  private Future<Void> sending = Future.succeededFuture();
  private long timer = -1;

  public AuditLog(Bus bus, Clock clock) {
    this.bus = bus;
    this.clock = clock;
  }

  /** Starts sending. */
  public void start() {
    timer = bus.vertx().setPeriodic(FLUSH_MS, fired -> flush());
  }

  /** Queues an entry; {@code fileId}, {@code location} and {@code moveId} may be null. */
  public void record(
      Requester who,
      String action,
      String fileId,
      String location,
      String decision,
      String reason,
      String moveId) {
    Instant now = clock.instant();
    AuditEntry entry =
        new AuditEntry(
            TimeId.next(now),
            now,
            who.principal(),
            who.roles(),
            action,
            fileId,
            location,
            decision,
            reason,
            who.requestId(),
            moveId);
    if (waiting.size() >= CAPACITY) {
      LOG.warn("audit entry kept here, the catalog is away: {}", loggable(entry));
      return;
    }
    waiting.add(entry);
  }

  private static String loggable(AuditEntry entry) {
    return entry.toString().replaceAll("\\p{Cntrl}", "?");
  }

  /** Sends what waits; completes when it was tried. */
  public Future<Void> flush() {
    if (waiting.isEmpty() || !sending.isComplete()) {
      return sending;
    }
    List<AuditEntry> batch = new ArrayList<>();
    while (batch.size() < BATCH && !waiting.isEmpty()) {
      batch.add(waiting.poll());
    }
    sending =
        bus.request(CatalogApi.APPEND_AUDIT, new CatalogApi.AuditBatch(batch))
            .<Void>mapEmpty()
            .recover(
                failure -> {
                  if (!MovingDataException.isRetryable(failure)) {
                    LOG.error("audit entries are refused: {}", failure.getMessage());
                    batch.forEach(entry -> LOG.warn("audit entry: {}", loggable(entry)));
                    return Future.succeededFuture();
                  }
                  for (int i = batch.size() - 1; i >= 0; i--) {
                    waiting.addFirst(batch.get(i));
                  }
                  return Future.succeededFuture();
                });
    return sending;
  }

  /** Sends what waits a last time. */
  public Future<Void> stop() {
    bus.vertx().cancelTimer(timer);
    return sending.compose(sent -> flush());
  }
}
