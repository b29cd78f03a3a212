package io.movingdata.predictor.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  @Test
  void everyNodeMakesTheSameExamplesOfEachTier() {
    Dataset data = Bootstrap.dataset();
    assertThat(data.rows()).isEqualTo(Bootstrap.dataset().rows());
    assertThat(data.classes()).containsExactly("cold", "hot", "warm");
    assertThat(data.rarest()).isGreaterThan(30);
  }

  @Test
  void aModelOfThemKnowsThePlainCasesAndErrsInOthers() {
    Learner learner = Bootstrap.learn();
    assertThat(said(learner, 30, 0.1).tier()).isEqualTo("hot");
    assertThat(said(learner, 0.001, 200).tier()).isEqualTo("cold");
    assertThat(learner.holdoutF1()).isBetween(0.6, 0.99);
  }

  private static Learner.Answer said(Learner learner, double perDay, double idle) {
    return learner.predict(
        Dataset.values(
            new FileFeatures(
                Map.of(
                    Feature.ACCESS_FREQ_PER_DAY.wire(), perDay,
                    Feature.ACCESS_FREQ_EXPECTED.wire(), perDay,
                    Feature.DAYS_SINCE_ACCESS.wire(), idle),
                "hot",
                null)),
        false);
  }

  @Test
  void aTrainingTellsItsStepsAndEndsAtTheNextOneWhenItShall() {
    List<String> told = new ArrayList<>();
    Learner.learn(Bootstrap.dataset(), (phase, progress) -> told.add(phase));
    assertThat(told).containsExactly("boosting", "forest");
    Assertions.assertThatThrownBy(
            () ->
                Learner.learn(
                    Bootstrap.dataset(),
                    (phase, progress) -> {
                      throw new CancellationException(phase);
                    }))
        .isInstanceOf(CancellationException.class);
  }
}
