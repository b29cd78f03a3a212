package io.movingdata.storage.gcs;

/**
 * The slowest that a transfer may be: a number of bytes within a time spent waiting for them. Time
 * in which nobody waits does not count, so a slow reader is never taken for a stalled provider.
 */
final class ProgressFloor {
  private final long windowMs;
  private final long floorBytes;
  private long waitedMs;
  private long movedBytes;

  ProgressFloor(long windowMs, long floorBytes) {
    this.windowMs = windowMs;
    this.floorBytes = floorBytes;
  }

  /** How much longer may be waited, at least 1 millisecond. */
  long remainingMs() {
    return Math.max(1, windowMs - waitedMs);
  }

  /** Counts a wait and what came of it. */
  void moved(long afterMs, long bytes) {
    waitedMs += afterMs;
    movedBytes += bytes;
    if (movedBytes >= floorBytes) {
      waitedMs = 0;
      movedBytes = 0;
    }
  }
}
