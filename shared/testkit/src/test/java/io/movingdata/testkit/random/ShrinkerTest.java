package io.movingdata.testkit.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  private static final List<Integer> STEPS = IntStream.range(0, 100).boxed().toList();

  @Test
  void onlyWhatTheFailureNeedsIsLeft() {
    List<Integer> shortest =
        Shrinker.shrink(STEPS, steps -> steps.containsAll(List.of(3, 64, 65, 99)));
    assertThat(shortest).containsExactly(3, 64, 65, 99);
  }

  @Test
  void whatFailsWithoutAnyStepIsEmpty() {
    assertThat(Shrinker.shrink(STEPS, steps -> true)).isEmpty();
  }

  @Test
  void stepsThatMustGoTogetherGo() {
    List<Integer> shortest =
        Shrinker.shrink(STEPS, steps -> steps.contains(10) && steps.indexOf(10) % 2 == 0);
    assertThat(shortest).contains(10).hasSizeLessThan(4);
  }
}
