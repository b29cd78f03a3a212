package io.movingdata.core.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final RetryPolicy POLICY = new RetryPolicy(3, 1, 50);

  private final Vertx vertx = Vertx.vertx();
  private int tried;

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private ErrorCode failure(MovingDataException refusal) {
    CompletionException failed =
        Assertions.catchThrowableOfType(
            CompletionException.class,
            () ->
                Retries.run(
                        vertx,
                        POLICY,
                        () -> {
                          tried++;
                          return Future.failedFuture(refusal);
                        })
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join());
    return ((MovingDataException) failed.getCause()).code();
  }

  private static MovingDataException down() {
    return MovingDataException.of(ErrorCode.PROVIDER_DOWN, "away");
  }

  @Test
  void repeatsAsOftenAsThePolicySays() {
    assertThat(failure(down().withRetryAfterMs(50))).isEqualTo(ErrorCode.PROVIDER_DOWN);
    assertThat(tried).isEqualTo(3);
  }

  @Test
  void aLongerWaitThanThePolicysIsLeftToTheCaller() {
    assertThat(failure(down().withRetryAfterMs(51))).isEqualTo(ErrorCode.PROVIDER_DOWN);
    assertThat(tried).isEqualTo(1);
  }

  @Test
  void whatCannotSucceedIsNotRepeated() {
    assertThat(failure(MovingDataException.of(ErrorCode.CONFLICT, "no")))
        .isEqualTo(ErrorCode.CONFLICT);
    assertThat(tried).isEqualTo(1);
  }
}
