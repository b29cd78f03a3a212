package io.movingdata.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void theMedianIsTheMiddleOne() {
    Statistics three = new Statistics(List.of(9.0, 1.0, 2.0));
    assertThat(three.median()).isEqualTo(2);
    assertThat(three.min()).isEqualTo(1);
    assertThat(three.max()).isEqualTo(9);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    assertThat(new Statistics(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
  }

  @Test
  void aPercentileIsOneOfTheNumbers() {
    Statistics hundred =
        new Statistics(IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList());
    assertThat(hundred.percentile(0.5)).isEqualTo(50);
    assertThat(hundred.percentile(0.95)).isEqualTo(95);
    assertThat(hundred.percentile(1)).isEqualTo(100);
    assertThat(new Statistics(List.of(7.0)).percentile(0.95)).isEqualTo(7);
  }

  @Test
  void nothingHasNoMedian() {
    assertThatThrownBy(() -> new Statistics(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
