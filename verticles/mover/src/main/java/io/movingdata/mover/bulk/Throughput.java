package io.movingdata.mover.bulk;

import io.movingdata.core.contract.Events;
import io.movingdata.core.model.MoveState;

/**
 * The rate at which moves end, over the last minutes, for estimates: an exponentially weighted mean
 * per object and per byte. Before anything has moved it is a cautious guess.
 */
public final class Throughput {
  private static final double GUESSED_BYTES_PER_SECOND = 40e6;
  private static final double GUESSED_OBJECTS_PER_SECOND = 50;
  private static final double WEIGHT = 0.2;
  private static final long WINDOW_NANOS = 5_000_000_000L;

  private double bytesPerSecond = GUESSED_BYTES_PER_SECOND;
  private double objectsPerSecond = GUESSED_OBJECTS_PER_SECOND;
  private long windowStart;
  private long windowBytes;
  private long windowObjects;

  /** Hears of a move. */
  public void onMove(Events.MoveEvent event, long nowNanos) {
    if (event.state() != MoveState.DONE) {
      return;
    }
    if (windowObjects == 0) {
      windowStart = nowNanos;
    }
    windowObjects++;
    windowBytes += event.bytesTotal();
    long elapsed = nowNanos - windowStart;
    if (elapsed >= WINDOW_NANOS) {
      close(elapsed / 1e9);
    }
  }

  private void close(double seconds) {
    objectsPerSecond += WEIGHT * (windowObjects / seconds - objectsPerSecond);
    double rate = windowBytes / seconds;
    if (rate > bytesPerSecond) {
      bytesPerSecond += WEIGHT * (rate - bytesPerSecond);
    }
    windowObjects = 0;
    windowBytes = 0;
  }

  /** Seconds that so many files of so many bytes should take. */
  public double estimateSeconds(long objects, long bytes) {
    return Math.max(objects / objectsPerSecond, bytes / bytesPerSecond);
  }
}
