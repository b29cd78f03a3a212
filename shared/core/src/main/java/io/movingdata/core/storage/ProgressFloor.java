package io.movingdata.core.storage;

import java.util.concurrent.TimeUnit;

/**
 * The slowest that a transfer may be: a number of bytes within a time spent waiting for them. Time
 * in which nobody waits does not count, so a slow reader is never taken for a stalled provider, and
 * drops of bytes do not keep a transfer alive for ever.
 */
public final class ProgressFloor {
  private final long windowNanos;
  private final long floorBytes;
  private long waitedNanos;
  private long movedBytes;

  /** At least so many bytes in each window of waiting. */
  public ProgressFloor(long windowMs, long floorBytes) {
    this.windowNanos = TimeUnit.MILLISECONDS.toNanos(windowMs);
    this.floorBytes = floorBytes;
  }

  /** How much longer may be waited, at least 1 millisecond. */
  public long remainingMs() {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(windowNanos - waitedNanos));
  }

  /** Whether the window is used up. */
  public boolean exhausted() {
    return waitedNanos >= windowNanos;
  }

  /** Counts a wait and what came of it. */
  public void moved(long afterNanos, long bytes) {
    waitedNanos += afterNanos;
    movedBytes += bytes;
    if (movedBytes >= floorBytes) {
      waitedNanos = 0;
      movedBytes = 0;
    }
  }
}
