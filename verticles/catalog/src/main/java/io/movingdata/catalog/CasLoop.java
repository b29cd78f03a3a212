package io.movingdata.catalog;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads and compares-and-sets again while others change the same document. */
final class CasLoop {
  /** In each round somebody wins, so this many losses mean as many writers. */
  private static final int ROUNDS = 100;

  private CasLoop() {}

  /**
   * The result of the first attempt that has one.
   *
   * @return fails with {@code VERSION_CONFLICT} when none of a hundred has
   */
  static <T> Future<T> run(Supplier<Future<Optional<T>>> attempt) {
    return run(attempt, ROUNDS);
  }

  private static <T> Future<T> run(Supplier<Future<Optional<T>>> attempt, int rounds) {
    if (rounds == 0) {
      return Future.failedFuture(
          MovingDataException.of(
              ErrorCode.VERSION_CONFLICT, "too many others change the same document"));
    }
    return attempt
        .get()
        .compose(
            result ->
                result.isPresent()
                    ? Future.succeededFuture(result.get())
                    : run(attempt, rounds - 1));
  }
}
