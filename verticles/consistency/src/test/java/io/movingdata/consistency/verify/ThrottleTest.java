package io.movingdata.consistency.verify;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.consistency.fixture.Nodes;
import io.movingdata.core.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final long RATE = 1_000_000;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    outcome(vertx.close());
  }

  private Throttle throttle(DoubleSupplier load) {
    return new Throttle(Nodes.node(new Bus(vertx), "a", 1), RATE, load);
  }

  private static long millis(long sinceNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
  }

  @Test
  void bytesAreReadNoFasterThanAllowed() {
    Throttle throttle = throttle(() -> 0);
    long began = System.nanoTime();
    Future<Void> before = Future.succeededFuture();
    for (int i = 0; i < 10; i++) {
      before = before.compose(done -> throttle.take(RATE / 20));
    }
    outcome(before);
    assertThat(millis(began)).as("nine waits of 50 ms").isGreaterThanOrEqualTo(440);
  }

  @Test
  void oneLargeObjectMakesWhatFollowsWait() {
    Throttle throttle = throttle(() -> 0);
    outcome(throttle.take(RATE / 2));
    long began = System.nanoTime();
    outcome(throttle.take(1));
    assertThat(millis(began)).isBetween(300L, 5_000L);
  }

  @Test
  void whileTheMachineIsBusyReadingWaitsForUsersAndThenGoesOn() {
    AtomicInteger asked = new AtomicInteger();
    Throttle throttle = throttle(() -> asked.incrementAndGet() > 4 ? 0 : 1);
    long began = System.nanoTime();
    outcome(throttle.take(10 * 1024 * 1024));
    assertThat(asked.get()).isEqualTo(5);
    assertThat(millis(began)).as("four waits of 100 ms").isGreaterThanOrEqualTo(390);
  }

  @Test
  void itNeverWaitsForEver() {
    Throttle throttle = throttle(() -> 1);
    Future<Void> small = throttle.take(10);
    await().atMost(Duration.ofSeconds(10)).until(small::isComplete);
    assertThat(small.succeeded()).isTrue();
  }
}
