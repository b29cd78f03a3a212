package io.movingdata.testkit.net;

/**
 * What a {@link FaultProxy} does to the bytes of each connection in one direction; connections that
 * are open already keep what they began with.
 *
 * @param latencyMs wait before anything passes
 * @param bytesPerSecond 0 for no limit
 * @param cutAfter bytes after which the connection is closed, -1 for never
 * @param flipAt offset of a byte whose lowest bit is turned, -1 for none
 * @param silent whether nothing passes at all, and nobody is told
 */
public record LinkFaults(
    long latencyMs, long bytesPerSecond, long cutAfter, long flipAt, boolean silent) {
  /** A link without faults. */
  public static final LinkFaults NONE = new LinkFaults(0, 0, -1, -1, false);

  /** Everything later by so much. */
  public static LinkFaults latency(long milliseconds) {
    return new LinkFaults(milliseconds, 0, -1, -1, false);
  }

  /** A slow link. */
  public static LinkFaults bandwidth(long bytesPerSecond) {
    return new LinkFaults(0, bytesPerSecond, -1, -1, false);
  }

  /** Exactly so many bytes, then the end of the connection. */
  public static LinkFaults cutAfter(long bytes) {
    return new LinkFaults(0, 0, bytes, -1, false);
  }

  /** One wrong bit, in the byte at the offset. */
  public static LinkFaults flipAt(long offset) {
    return new LinkFaults(0, 0, -1, offset, false);
  }

  /** A black hole. */
  public static LinkFaults blackHole() {
    return new LinkFaults(0, 0, -1, -1, true);
  }
}
