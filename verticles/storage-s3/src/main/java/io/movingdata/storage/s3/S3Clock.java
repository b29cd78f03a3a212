package io.movingdata.storage.s3;

import io.movingdata.core.http.HttpDate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time to sign with: this machine's, corrected by what the server said when it refused a
 * request as too far off.
 */
final class S3Clock {
  private static final Duration TOLERANCE = Duration.ofMinutes(2);

  private final Clock clock;
  private volatile Duration offset = Duration.ZERO;

  S3Clock(Clock clock) {
    this.clock = clock;
  }

  /** The server's time as far as it is known. */
  Instant now() {
    return clock.instant().plus(offset);
  }

  /** How far the server's clock is ahead of this machine's. */
  Duration offset() {
    return offset;
  }

  /**
   * Takes over the server's time.
   *
   * @param date a {@code Date} header, null where there was none
   * @return whether it differed so much that the refused request is worth sending again
   */
  boolean learn(String date) {
    Instant server = HttpDate.parse(date);
    if (server == null || Duration.between(server, now()).abs().compareTo(TOLERANCE) <= 0) {
      return false;
    }
    offset = Duration.between(clock.instant(), server);
    return true;
  }
}
