package io.movingdata.core.retry;

import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Repeats an operation that may be repeated. Where the other side asks for a longer wait than the
 * policy's longest, the failure goes to the caller, who can do other work meanwhile.
 */
public final class Retries {
  private Retries() {}

  /** Repeats while the failure is one of ours and retryable. */
  public static <T> Future<T> run(Vertx vertx, RetryPolicy policy, Supplier<Future<T>> operation) {
    return run(vertx, policy, MovingDataException::isRetryable, operation);
  }

  /** Repeats while the failure is of the given kind. */
  public static <T> Future<T> run(
      Vertx vertx,
      RetryPolicy policy,
      Predicate<Throwable> retryable,
      Supplier<Future<T>> operation) {
    return attempt(vertx, policy, retryable, operation, 1);
  }

  private static <T> Future<T> attempt(
      Vertx vertx,
      RetryPolicy policy,
      Predicate<Throwable> retryable,
      Supplier<Future<T>> operation,
      int tried) {
    return operation
        .get()
        .recover(
            failure -> {
              long asked = failure instanceof MovingDataException e ? e.retryAfterMs() : 0;
              boolean again =
                  policy.allows(tried) && asked <= policy.capMs() && retryable.test(failure);
              if (!again) {
                return Future.failedFuture(failure);
              }
              long delay = policy.delayMs(tried, asked, ThreadLocalRandom.current());
              return vertx
                  .timer(delay, java.util.concurrent.TimeUnit.MILLISECONDS)
                  .compose(fired -> attempt(vertx, policy, retryable, operation, tried + 1));
            });
  }
}
