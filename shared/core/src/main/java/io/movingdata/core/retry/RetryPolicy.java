package io.movingdata.core.retry;

import java.util.random.RandomGenerator;

/**
 * How long to wait before which try: full jitter under an exponential ceiling, never less than the
 * other side asked for.
 *
 * @param attempts tries in all, at least 1
 * @param baseMs ceiling of the first wait
 * @param capMs ceiling of any wait
 */
public record RetryPolicy(int attempts, long baseMs, long capMs) {
  /** For one call to a provider. */
  public static final RetryPolicy PROVIDER = new RetryPolicy(5, 100, 5_000);

  /** For a request on the bus. */
  public static final RetryPolicy BUS = new RetryPolicy(4, 100, 2_000);

  /** Whether another try may follow the {@code tried}-th. */
  public boolean allows(int tried) {
    return tried < attempts;
  }

  /**
   * The wait before the next try.
   *
   * @param tried tries so far, at least 1
   * @param askedMs what the other side asked for ({@code Retry-After}), 0 for nothing
   * @return milliseconds, at least 1
   */
  public long delayMs(int tried, long askedMs, RandomGenerator random) {
    int doublings = Math.min(tried - 1, 30);
    long ceiling = Math.min(capMs, baseMs << doublings);
    long jittered = 1 + random.nextLong(Math.max(1, ceiling));
    return Math.max(jittered, askedMs);
  }
}
