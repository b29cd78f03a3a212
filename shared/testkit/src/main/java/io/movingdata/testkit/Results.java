package io.movingdata.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The outcome of a future, waited for on a test's own thread. */
public final class Results {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Results() {}

  /** The value; the future's own exception where it fails, an error after a minute. */
  public static <T> T outcome(Future<T> future) {
    return outcome(future, PATIENCE);
  }

  /** The value, if it is there within the time. */
  public static <T> T outcome(Future<T> future, Duration within) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new AssertionError("a future failed with " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no outcome within " + within, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    }
  }

  /** Expects a refusal of that kind, and returns it. */
  public static MovingDataException refusal(Future<?> future, ErrorCode code) {
    return refusal(future, code, PATIENCE);
  }

  /** Expects a refusal of that kind within the time, and returns it. */
  public static MovingDataException refusal(Future<?> future, ErrorCode code, Duration within) {
    Throwable failure = catchThrowable(() -> outcome(future, within));
    assertThat(failure).isInstanceOf(MovingDataException.class);
    MovingDataException refusal = (MovingDataException) failure;
    assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
    return refusal;
  }
}
