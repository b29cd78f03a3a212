package io.movingdata.core.judge;

import java.time.Duration;
import java.time.Instant;

/**
 * How long what is unfinished may be so.
 *
 * @param convergence how long after its time work may wait, and how long after {@code quietSince}
 *     anything may; zero where the system came to rest before the evidence was taken
 * @param stale after how long without progress a copy under way is abandoned, as configured
 * @param quietSince when the last fault ended; null where none is known of
 */
public record Limits(Duration convergence, Duration stale, Instant quietSince) {

  /** For a system that was waited for: nothing that is due may be left. */
  public static Limits atRest(Duration stale) {
    return new Limits(Duration.ZERO, stale, null);
  }

  /** Whether what should have been finished at a time is overdue at another. */
  boolean overdue(Instant should, Instant now) {
    Instant from = quietSince != null && quietSince.isAfter(should) ? quietSince : should;
    return from.plus(convergence).isBefore(now);
  }
}
