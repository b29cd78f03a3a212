package io.movingdata.catalog.store;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store may be asked now. While it is shut every operation fails at once; only a probe
 * opens it.
 */
public final class StoreGate {
  private static final Logger LOG = LoggerFactory.getLogger(StoreGate.class);

  private volatile boolean open;
  private volatile String detail = "not connected yet";
  private volatile boolean alive;

  /** A gate that was never shut: for what must happen before the others may pass. */
  static StoreGate alwaysOpen() {
    StoreGate gate = new StoreGate();
    gate.open = true;
    return gate;
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
    if (open || !reason.equals(detail)) {
      LOG.warn("the metadata store is not available: {}", reason);
    }
    detail = reason;
    open = false;
  }

  /** Notes that the store has just answered an operation. */
  void answered() {
    alive = true;
  }

  /** Whether it has answered anything since the last time this was asked. */
  boolean takeAlive() {
    boolean was = alive;
    alive = false;
    return was;
  }
}
