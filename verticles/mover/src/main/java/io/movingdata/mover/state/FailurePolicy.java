package io.movingdata.mover.state;

import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.retry.RetryPolicy;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What a failure does to a move. An outage is waited for without end, since it says nothing about
 * the object; a refusal is tried a bounded number of times; damage is never tried again by itself.
 */
public final class FailurePolicy {
  private static final Set<ErrorCode> OUTAGES =
      Set.of(
          ErrorCode.PROVIDER_BUSY,
          ErrorCode.PROVIDER_DOWN,
          ErrorCode.SESSION_LOST,
          ErrorCode.CATALOG_DOWN,
          ErrorCode.OVERLOADED,
          ErrorCode.SERVICE_ABSENT,
          ErrorCode.SERVICE_TIMEOUT,
          ErrorCode.VERSION_CONFLICT);

  private static final Set<ErrorCode> HOPELESS =
      Set.of(
          ErrorCode.KEY_MISSING,
          ErrorCode.TOO_LARGE,
          ErrorCode.UNKNOWN_LOCATION,
          ErrorCode.POLICY_DENIED);

  private final int maxAttempts;
  private final RetryPolicy waits;

  public FailurePolicy(NodeConfig.Mover config) {
    this.maxAttempts = config.maxAttempts();
    this.waits = new RetryPolicy(config.maxAttempts(), config.retryBaseMs(), config.retryCapMs());
  }

  /** What to do with the move. */
  public enum Kind {
    /** Try again at the last durable frame. */
    RESUME,
    /** Give the copy up and try again with a new one. */
    RESTART,
    /** Give the move up until somebody retries it. */
    STUCK
  }

  /**
   * A decision.
   *
   * @param waitMs before the next try
   * @param counted whether it is one of the bounded tries
   * @param error what to tell people
   */
  public record Verdict(Kind kind, long waitMs, boolean counted, String error) {}

  /** Decides on a failure after so many counted attempts. */
  public Verdict decide(Throwable failure, int attempts, RandomGenerator random) {
    ErrorCode code =
        failure instanceof MovingDataException known ? known.code() : ErrorCode.INTERNAL;
    long asked = failure instanceof MovingDataException known ? known.retryAfterMs() : 0;
    String error = code.slug() + ": " + describe(failure, code);
    long wait = waits.delayMs(attempts + 1, asked, random);
    if (OUTAGES.contains(code)) {
      return new Verdict(Kind.RESUME, wait, false, error);
    }
    if (HOPELESS.contains(code) || attempts + 1 >= maxAttempts) {
      return new Verdict(Kind.STUCK, 0, true, error);
    }
    boolean copyIsUseless = code == ErrorCode.CONFLICT || code == ErrorCode.CHECKSUM_MISMATCH;
    return new Verdict(copyIsUseless ? Kind.RESTART : Kind.RESUME, wait, true, error);
  }

  private static String describe(Throwable failure, ErrorCode code) {
    return failure instanceof MovingDataException ? failure.getMessage() : code.title();
  }
}
