package io.movingdata.storage.azure;

import java.time.Duration;

/**
 * The slowest that a download may be: bytes that must arrive within a time spent waiting for them.
 * Time in which nobody waits does not count, so a slow reader is not taken for a stalled provider.
 */
final class ProgressFloor {
  private final Duration window;
  private final long bytes;
  private Duration waited = Duration.ZERO;
  private long arrived;

  ProgressFloor(Duration window, long bytes) {
    this.window = window;
    this.bytes = bytes;
  }

  /** How much longer may be waited; above zero. */
  Duration left() {
    Duration left = window.minus(waited);
    return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
  }

  /** Counts a wait and the bytes that ended it. */
  void arrived(Duration after, long count) {
    waited = waited.plus(after);
    arrived += count;
    if (arrived >= bytes) {
      waited = Duration.ZERO;
      arrived = 0;
    }
  }
}
