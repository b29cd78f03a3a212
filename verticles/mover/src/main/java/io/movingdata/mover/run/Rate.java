package io.movingdata.mover.run;

/** Bytes a second between the first report and the last. */
final class Rate {
  private final long startNanos;
  private long startBytes = -1;

  Rate(long startNanos) {
    this.startNanos = startNanos;
  }

  double at(long bytes, long nowNanos) {
    if (startBytes < 0) {
      startBytes = bytes;
    }
    double seconds = (nowNanos - startNanos) / 1e9;
    return seconds <= 0 ? 0 : (bytes - startBytes) / seconds;
  }
}
