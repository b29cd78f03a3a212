package io.movingdata.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.storage.ByteBudget.Grant;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
  private final ByteBudget budget = new ByteBudget(100);

  @Test
  void grantsAtOnceWhileThereIsRoom() {
    assertThat(budget.acquire(60).succeeded()).isTrue();
    assertThat(budget.acquire(40).succeeded()).isTrue();
    assertThat(budget.used()).isEqualTo(100);
    assertThat(budget.acquire(2).isComplete()).isFalse();
  }

  @Test
  void servesInOrderOfAsking() {
    Grant first = budget.acquire(90).result();
    Future<Grant> large = budget.acquire(50);
    Future<Grant> small = budget.acquire(5);

    assertThat(small.isComplete()).as("nobody overtakes").isFalse();
    first.release();

    assertThat(large.succeeded()).isTrue();
    assertThat(small.succeeded()).isTrue();
    assertThat(budget.used()).isEqualTo(55);
  }

  @Test
  void whatIsSmallBesideTheWholeDoesNotWaitForLargeOnes() {
    ByteBudget large = new ByteBudget(640);
    Grant everything = large.acquire(640).result();
    assertThat(large.acquire(11).isComplete()).isFalse();
    for (int i = 0; i < 8; i++) {
      assertThat(large.acquire(10).succeeded()).isTrue();
    }
    assertThat(large.used()).isEqualTo(640 + 80);
    assertThat(large.acquire(10).isComplete()).as("the reserve is used up").isFalse();
    everything.release();
    assertThat(large.used()).isEqualTo(80 + 11);
  }

  @Test
  void grantsMoreThanThereIsOnceNobodyElseHoldsAnything() {
    Grant held = budget.acquire(2).result();
    Future<Grant> huge = budget.acquire(1_000);
    Future<Grant> next = budget.acquire(2);
    assertThat(huge.isComplete()).isFalse();

    held.release();

    assertThat(huge.succeeded()).isTrue();
    assertThat(next.isComplete()).isFalse();
    huge.result().release();
    assertThat(next.succeeded()).isTrue();
  }

  @Test
  void takesBackPartsAndNeverMoreThanWasGranted() {
    Grant grant = budget.acquire(80).result();

    grant.shrink(30);
    assertThat(budget.used()).isEqualTo(50);
    grant.shrink(1_000);
    grant.release();
    grant.release();

    assertThat(budget.used()).isZero();
  }

  @Test
  void aLaneThatHoldsNothingGetsItsStepAlthoughAnotherHoldsEverything() {
    Grant first = budget.acquire("slow", 100).result();
    Future<Grant> waiting = budget.acquire("slow", 50);

    Future<Grant> step = budget.acquire("quick", 60);
    assertThat(step.succeeded()).as("past those who wait for another place").isTrue();
    Future<Grant> second = budget.acquire("quick", 10);
    assertThat(second.isComplete()).as("a step, not a share").isFalse();

    step.result().release();
    assertThat(second.succeeded()).isTrue();
    assertThat(waiting.isComplete()).isFalse();
    first.release();
    assertThat(waiting.succeeded()).isTrue();
  }

  @Test
  void stepsOfOtherLanesEndAtTwiceTheCapacity() {
    budget.acquire("one", 100).result();
    budget.acquire("two", 80).result();

    assertThat(budget.acquire("three", 30).isComplete()).isFalse();
    assertThat(budget.used()).isEqualTo(180);
  }

  @Test
  void nobodyOvertakesWithinALane() {
    Grant held = budget.acquire("one", 100).result();
    Future<Grant> large = budget.acquire("two", 150);
    Future<Grant> small = budget.acquire("two", 5);

    assertThat(large.isComplete()).isFalse();
    assertThat(small.isComplete()).isFalse();
    held.release();
    assertThat(large.succeeded()).isTrue();
    assertThat(small.isComplete()).isFalse();
  }
}
