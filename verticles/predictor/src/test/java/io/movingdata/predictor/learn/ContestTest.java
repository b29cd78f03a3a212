package io.movingdata.predictor.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.model.ModelCard.Comparison;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContestTest {
  private static FileFeatures file(double perDay, double slaMs) {
    return new FileFeatures(
        Map.of(
            Feature.ACCESS_FREQ_PER_DAY.wire(), perDay,
            Feature.LATENCY_SLA_MS.wire(), slaMs,
            Feature.SIZE_KB.wire(), 1e6),
        "hot",
        null);
  }

  @Test
  void theOneWhoseTiersCostLessIsNotWorse() {
    Contest contest = new Contest(LookAheadTest.PLACES);
    contest.add(file(0, 500), "cold", "hot");
    contest.add(file(0, 500), "warm", "warm");
    Comparison found = contest.result("m1", 0.9, 0.9);
    assertThat(found.scored()).isEqualTo(2);
    assertThat(found.agreed()).isEqualTo(1);
    assertThat(found.monthlyCost()).isLessThan(found.inForceCost());
    assertThat(found.notWorse()).isTrue();
    assertThat(found.verdict()).contains("1 of 2 files");
  }

  @Test
  void whatIsWorseIsNamed() {
    Contest dearer = new Contest(LookAheadTest.PLACES);
    dearer.add(file(10, 500), "cold", "hot");
    assertThat(dearer.result("m1", 0.9, 0.9).notWorse()).isFalse();
    assertThat(dearer.result("m1", 0.9, 0.9).verdict()).contains("USD a month");

    Contest slower = new Contest(LookAheadTest.PLACES);
    slower.add(file(0, 50), "cold", "hot");
    Comparison found = slower.result("m1", 0.9, 0.9);
    assertThat(found.tooSlow()).isEqualTo(1);
    assertThat(found.inForceTooSlow()).isZero();
    assertThat(found.verdict()).contains("too slow");

    assertThat(new Contest(List.of()).result("m1", 0.8, 0.9).notWorse()).isFalse();
    assertThat(new Contest(List.of()).result("m1", 0.9, 0.9).notWorse()).isTrue();
  }

  @Test
  void whatSeveralNodesAddedUpIsTheSum() {
    Contest one = new Contest(LookAheadTest.PLACES);
    one.add(file(1, 500), "cold", "hot");
    Contest other = new Contest(LookAheadTest.PLACES);
    other.add(file(0, 50), "hot", "hot");
    Contest both = new Contest(LookAheadTest.PLACES);
    both.add(file(1, 500), "cold", "hot");
    both.add(file(0, 50), "hot", "hot");
    Comparison sum =
        new Contest(LookAheadTest.PLACES, one.result("m1", 1, 1))
            .plus(other.result("m1", 0, 0))
            .result("m1", 1, 1);
    assertThat(sum).isEqualTo(both.result("m1", 1, 1));
  }
}
