package io.movingdata.consistency.mirror;

import java.time.Instant;

/**
 * What is kept of one mirror: pure, written by the node whose turn it is.
 *
 * @param pending files that it is still to be told of, as far as is known
 * @param unreachable whether its last try failed
 * @param lastDeliveredAt when it last took a change
 * @param lastError why its last failure was, null once it takes changes again
 * @param comparedAt when it was last asked about all files
 * @param compareCursor where asking goes on, null at the start
 * @param comparing whether asking has not come to its end
 */
record MirrorState(
    long pending,
    boolean unreachable,
    Instant lastDeliveredAt,
    String lastError,
    Instant comparedAt,
    String compareCursor,
    boolean comparing) {
  static MirrorState fresh() {
    return new MirrorState(0, false, null, null, null, null, false);
  }

  MirrorState delivered(Instant now) {
    return new MirrorState(pending, false, now, null, comparedAt, compareCursor, comparing);
  }

  /** A refusal of one file says nothing about the mirror. */
  MirrorState failed(String error, boolean ofFile) {
    return new MirrorState(
        pending,
        unreachable || !ofFile,
        lastDeliveredAt,
        error,
        comparedAt,
        compareCursor,
        comparing);
  }

  MirrorState pending(long files) {
    return new MirrorState(
        files, unreachable, lastDeliveredAt, lastError, comparedAt, compareCursor, comparing);
  }

  MirrorState comparing(String cursor) {
    return new MirrorState(
        pending, unreachable, lastDeliveredAt, lastError, comparedAt, cursor, true);
  }

  MirrorState compared(Instant now) {
    return new MirrorState(pending, unreachable, lastDeliveredAt, lastError, now, null, false);
  }

  String word() {
    if (unreachable) {
      return "unreachable";
    }
    return pending > 0 ? "behind" : "ok";
  }
}
