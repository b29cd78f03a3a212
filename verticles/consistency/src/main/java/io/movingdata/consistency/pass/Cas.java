package io.movingdata.consistency.pass;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Tries a compare-and-set again that another writer won. */
public final class Cas {
  private static final int ROUNDS = 50;

  private Cas() {}

  /** The first result; fails with {@code VERSION_CONFLICT} when it is lost fifty times. */
  public static <T> Future<T> retry(Supplier<Future<T>> attempt) {
    return retry(attempt, ROUNDS);
  }

  private static <T> Future<T> retry(Supplier<Future<T>> attempt, int rounds) {
    return attempt
        .get()
        .recover(
            failure ->
                rounds > 1 && MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                    ? retry(attempt, rounds - 1)
                    : Future.failedFuture(failure));
  }
}
