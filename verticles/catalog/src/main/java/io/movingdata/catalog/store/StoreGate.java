package io.movingdata.catalog.store;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store may be asked now. When it is shut, what waits for an answer fails, and while it
 * is shut every operation fails at once; only a probe opens it.
 */
public final class StoreGate {
  private static final Logger LOG = LoggerFactory.getLogger(StoreGate.class);

  private final boolean shuts;
  private volatile boolean open;
  private volatile String detail = "not connected yet";
  private volatile long answeredAt = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

  private record Waiting(Promise<?> promise, boolean write) {}

  /** A gate that is shut until a probe opens it. */
  StoreGate() {
    this(true);
  }

  private StoreGate(boolean shuts) {
    this.shuts = shuts;
    this.open = !shuts;
  }

  /** A gate that nothing shuts: for what must happen before the others may pass. */
  static StoreGate alwaysOpen() {
    return new StoreGate(false);
  }

  /** Whether operations pass. */
  public boolean isOpen() {
    return open;
  }

  /** Why it is shut; empty while it is open. */
  public String detail() {
    return open ? "" : detail;
  }

  /** The refusal of an operation while it is shut. */
  MovingDataException refusal() {
    return MovingDataException.of(
            ErrorCode.CATALOG_DOWN, "the metadata store is not available: " + detail)
        .withRetryAfterMs(MongoErrors.RETRY_AFTER_MS);
  }

  /** Lets operations pass. */
  public void open() {
    if (!open) {
      LOG.info("the metadata store is available");
    }
    open = true;
  }

  /** Refuses operations, for a reason that a caller may read. */
  public void shut(String reason) {
    if (!shuts) {
      return;
    }
    if (open || !reason.equals(detail)) {
      LOG.warn("the metadata store is not available: {}", reason);
    }
    detail = reason;
    open = false;
    List<Waiting> given = new ArrayList<>(waiting);
    given.forEach(
        one -> one.promise().tryFail(one.write() ? MongoErrors.unknown(null) : refusal()));
  }

  /** As the operation ends; fails once the gate is shut before that. */
  <R> Future<R> whileOpen(Future<R> operation, boolean write) {
    Promise<R> promise = Promise.promise();
    Waiting entry = new Waiting(promise, write);
    waiting.add(entry);
    operation.onComplete(
        result -> {
          waiting.remove(entry);
          promise.tryComplete(result);
        },
        failure -> {
          waiting.remove(entry);
          promise.tryFail(failure);
        });
    return promise.future();
  }

  /** Notes that the store has just answered an operation. */
  void answered() {
    answeredAt = System.nanoTime();
  }

  /** Whether it has answered anything within so many milliseconds. */
  boolean answeredWithin(long millis) {
    return System.nanoTime() - answeredAt < TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
