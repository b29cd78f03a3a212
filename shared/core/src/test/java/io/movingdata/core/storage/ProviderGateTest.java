package io.movingdata.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderGateTest {
  private static final ProviderGate.Timing QUICK = new ProviderGate.Timing(5, 20, 30);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<String> late = new ArrayList<>();
  private volatile Supplier<Future<String>> answer = () -> Future.succeededFuture("bucket");
  private final AtomicInteger asked = new AtomicInteger();
  private ProviderGate gate;

  @BeforeEach
  void start() {
    gate =
        new ProviderGate(
            vertx,
            "s3",
            () -> {
              asked.incrementAndGet();
              return answer.get();
            },
            QUICK);
    context.runOnContext(v -> gate.start());
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Future<String> pass(Supplier<Future<String>> operation) {
    Promise<String> outcome = Promise.promise();
    context.runOnContext(v -> gate.pass(operation, late::add).onComplete(outcome));
    return outcome.future();
  }

  private static MovingDataException down() {
    return MovingDataException.of(ErrorCode.PROVIDER_DOWN, "no connection");
  }

  private void awaitAway() {
    await().until(() -> ProviderGate.away(vertx).contains("s3"));
  }

  private static MovingDataException refusal(Future<String> refused) {
    await().until(refused::isComplete);
    assertThat(refused.cause()).isInstanceOf(MovingDataException.class);
    return (MovingDataException) refused.cause();
  }

  @Test
  void whatWaitsForAProviderThatHangsFailsAndWhatComesFailsAtOnce() {
    answer = () -> Promise.<String>promise().future();
    Promise<String> hanging = Promise.promise();

    Future<String> waiting = pass(hanging::future);
    assertThat(refusal(waiting).code()).isEqualTo(ErrorCode.PROVIDER_DOWN);

    awaitAway();
    MovingDataException refused =
        refusal(
            pass(
                () -> {
                  throw new AssertionError("nothing is sent to a provider that is away");
                }));
    assertThat(refused.code()).isEqualTo(ErrorCode.PROVIDER_DOWN);
    assertThat(refused.retryAfterMs()).isBetween(3_000L, 30_000L);
    assertThat(refused.getMessage()).contains("s3");

    context.runOnContext(v -> hanging.complete("at last"));
    await().untilAsserted(() -> assertThat(late).containsExactly("at last"));
  }

  @Test
  void itIsBackWithItsFirstAnswer() {
    answer = () -> Future.failedFuture(down());
    assertThat(refusal(pass(() -> Future.failedFuture(down()))).getMessage())
        .isEqualTo("no connection");
    awaitAway();

    answer = () -> Future.succeededFuture("bucket");
    await().until(() -> ProviderGate.away(vertx).isEmpty());
    Future<String> passed = pass(() -> Future.succeededFuture("ok"));
    await().until(passed::succeeded);
  }

  @Test
  void slowIsNotAway() {
    Promise<String> slow = Promise.promise();
    Future<String> waiting = pass(slow::future);
    await("it is asked whether it is there").until(() -> asked.get() >= 3);

    context.runOnContext(v -> slow.complete("done"));
    await().until(waiting::succeeded);
    assertThat(ProviderGate.away(vertx)).isEmpty();
  }

  @Test
  void oneBrokenConnectionIsNoOutage() {
    refusal(pass(() -> Future.failedFuture(down())));
    await().until(() -> asked.get() >= 1);

    Future<String> passed = pass(() -> Future.succeededFuture("ok"));
    await().until(passed::succeeded);
    assertThat(ProviderGate.away(vertx)).isEmpty();
  }

  @Test
  void aRefusalIsAnAnswer() {
    answer =
        () -> Future.failedFuture(MovingDataException.of(ErrorCode.PROVIDER_REJECTED, "no bucket"));
    Promise<String> slow = Promise.promise();
    Future<String> waiting = pass(slow::future);
    await().until(() -> asked.get() >= 3);

    assertThat(waiting.isComplete()).isFalse();
    assertThat(ProviderGate.away(vertx)).isEmpty();
  }

  @Test
  void anIdleProviderIsNotAsked() {
    Future<String> passed = pass(() -> Future.succeededFuture("ok"));
    await().until(passed::succeeded);
    await().during(java.time.Duration.ofMillis(100)).until(() -> asked.get() == 0);
  }
}
