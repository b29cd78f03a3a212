package io.movingdata.consistency.mirror;

import io.movingdata.core.retry.RetryPolicy;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Whether a mirror is worth trying: after a failure not before a wait that doubles up to half a
 * minute, and then one request alone until one has succeeded. Pure; immutable.
 *
 * @param failures failures in a row
 * @param closedUntil not to be tried before, null for at once
 */
record Circuit(int failures, Instant closedUntil) {
  private static final RetryPolicy WAITS = new RetryPolicy(Integer.MAX_VALUE, 500, 30_000);
  private static final int AT_ONCE = 8;

  static Circuit fresh() {
    return new Circuit(0, null);
  }

  boolean allows(Instant now) {
    return closedUntil == null || !closedUntil.isAfter(now);
  }

  /** How many requests it may have at the same time. */
  int limit() {
    return failures == 0 ? AT_ONCE : 1;
  }

  boolean broken() {
    return failures > 0;
  }

  Circuit failed(Instant now, long askedMs, RandomGenerator random) {
    long wait = WAITS.delayMs(failures + 1, Math.min(askedMs, 3_600_000), random);
    return new Circuit(failures + 1, now.plusMillis(wait));
  }
}
