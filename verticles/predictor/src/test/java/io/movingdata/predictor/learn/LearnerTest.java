package io.movingdata.predictor.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.model.ModelCard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearnerTest {
  private final Random random = new Random(12);

  /** Files whose tier follows from their use, but for a share that chance gives another. */
  private Dataset examples(int count, double noise) {
    List<FileFeatures> features = new ArrayList<>();
    List<String> tiers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Double> values = new HashMap<>();
      values.put(Feature.ACCESS_FREQ_PER_DAY.wire(), Math.exp(2 * random.nextGaussian() - 1));
      values.put(Feature.DAYS_SINCE_ACCESS.wire(), random.nextDouble() * 60);
      values.put(Feature.LATENCY_SLA_MS.wire(), 30 + random.nextDouble() * 500);
      values.put(Feature.SIZE_KB.wire(), random.nextDouble() * 1e6);
      FileFeatures one = new FileFeatures(values, "hot", "r");
      features.add(one);
      boolean chance = random.nextDouble() < noise;
      tiers.add(
          chance ? List.of("hot", "warm", "cold").get(random.nextInt(3)) : Heuristics.tier(one));
    }
    return Dataset.of(features, tiers);
  }

  @Test
  void whatFollowsFromTheFeaturesIsLearnt() {
    Learner learner = Learner.learn(examples(1_500, 0));
    assertThat(learner.type()).isIn("gradient-boosting", "random-forest");
    assertThat(learner.holdoutF1()).isGreaterThan(0.9);
    assertThat(learner.importance().subList(0, 3))
        .extracting(ModelCard.Importance::feature)
        .contains("access_freq_per_day", "days_since_access");
    assertThat(learner.perClass()).hasSize(3);
  }

  @Test
  void learningAgainGivesTheSameModel() {
    Dataset data = examples(600, 0.1);
    for (String type : List.of("gradient-boosting", "random-forest", "nearest-centroid")) {
      Learner first = Learner.again(data, type);
      Learner second = Learner.again(data, type);
      for (Dataset.Row row : data.rows()) {
        assertThat(second.predict(row.values(), false))
            .isEqualTo(first.predict(row.values(), false));
      }
    }
  }

  @Test
  void confidenceIsHowOftenItIsRight() {
    Dataset data = examples(4_000, 0.3);
    Learner learner = Learner.learn(data);
    double sum = 0;
    int right = 0;
    Dataset fresh = examples(2_000, 0.3);
    for (Dataset.Row row : fresh.rows()) {
      Learner.Answer answer = learner.predict(row.values(), false);
      sum += answer.confidence();
      right += answer.tier().equals(fresh.classes().get(row.label())) ? 1 : 0;
    }
    assertThat(sum / 2_000).isCloseTo(right / 2_000.0, within(0.05));
  }

  @Test
  void aClassOfWhichThereIsLittleIsLearntToo() {
    for (int rare = 5; rare < 12; rare++) {
      Dataset plenty = examples(400, 0);
      List<Dataset.Row> rows = new ArrayList<>();
      int[] kept = new int[plenty.classes().size()];
      for (Dataset.Row row : plenty.rows()) {
        boolean seldom = row.label() != plenty.classes().indexOf("hot");
        if (!seldom || kept[row.label()]++ < rare + 3) {
          rows.add(row);
        }
      }
      Learner learner = Learner.learn(new Dataset(plenty.classes(), rows));
      assertThat(learner.classes()).containsExactly("cold", "hot", "warm");
      assertThat(Learner.again(new Dataset(plenty.classes(), rows), learner.type()).holdoutF1())
          .isEqualTo(learner.holdoutF1());
    }
  }

  @Test
  void ofFewExamplesTheNearestCentroidIsLearnt() {
    Learner learner = Learner.learn(examples(30, 0));
    assertThat(learner.type()).isEqualTo("nearest-centroid");
    assertThat(learner.predict(Dataset.values(new FileFeatures(Map.of(), null, null)), true).tier())
        .isIn("hot", "warm", "cold");
  }

  @Test
  void anAnswerNamesTheFeaturesThatDecided() {
    Learner learner = Learner.learn(examples(1_500, 0));
    Map<String, Double> values = new HashMap<>();
    values.put("access_freq_per_day", 40.0);
    values.put("days_since_access", 1.0);
    values.put("latency_sla_ms", 400.0);
    Learner.Answer answer =
        learner.predict(Dataset.values(new FileFeatures(values, "hot", "r")), true);
    assertThat(answer.tier()).isEqualTo("hot");
    assertThat(answer.confidence()).isGreaterThan(0.9);
    assertThat(answer.reasons().get(0)).startsWith("access_freq_per_day is 40.00, usual is");
  }

  @Test
  void aSampleKeepsClassesAndTheLatestRows() {
    Dataset data = examples(2_000, 0.5);
    Dataset sample = data.sample(200, 1);
    assertThat(sample.rows()).hasSizeBetween(190, 200).isSubsetOf(data.rows());
    assertThat(sample.rows().get(sample.rows().size() - 1))
        .isEqualTo(data.rows().get(data.rows().size() - 1));
    assertThat(sample.rarest()).isGreaterThan(20);
    assertThat(data.sample(200, 1).rows()).isEqualTo(sample.rows());
  }
}
