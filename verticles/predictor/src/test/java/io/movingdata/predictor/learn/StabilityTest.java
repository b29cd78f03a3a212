package io.movingdata.predictor.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.model.Drift;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StabilityTest {
  private static final Learner MODEL = Learner.learn(Bootstrap.dataset());

  /** Files as the model learnt them, used so many times as much, and not in other hours. */
  private static List<List<Double>> files(int count, double busier, long seed) {
    List<Dataset.Row> rows = Bootstrap.dataset().rows();
    Random random = new Random(seed);
    int rate = Dataset.columns().indexOf("access_freq_per_day");
    int hour = Dataset.columns().indexOf("hour");
    List<List<Double>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Double> row = new ArrayList<>(rows.get(random.nextInt(rows.size())).values());
      row.set(rate, row.get(rate) * busier);
      row.set(hour, (double) random.nextInt(24));
      all.add(row);
    }
    return all;
  }

  private static Drift drift(List<List<Double>> now) {
    return Stability.of("m1", MODEL, now, Instant.EPOCH);
  }

  @Test
  void filesLikeThoseOfTheTrainingAreNoDriftHoweverFewTheyAre() {
    for (int count : List.of(50, 200, 5_000)) {
      for (int seed = 0; seed < 10; seed++) {
        Drift found = drift(files(count, 1, seed));
        assertThat(found.drifted()).as("%s", found).isFalse();
        assertThat(found.note()).isNull();
      }
    }
  }

  @Test
  void anotherUseIsDriftAndTheFeatureIsNamed() {
    Drift found = drift(files(500, 8, 1));
    assertThat(found.drifted()).isTrue();
    assertThat(found.features().get(0).feature()).isEqualTo("access_freq_per_day");
    assertThat(found.features().get(0).psi()).isGreaterThan(0.6);
    assertThat(found.features()).extracting(Drift.FeatureDrift::feature).doesNotContain("hour");
  }

  @Test
  void aFeatureThatWasConstantIsJudgedOnlyIfTheModelUsesIt() {
    Map<String, Double> values = new HashMap<>();
    values.put(Feature.COUNT_60M.wire(), 900.0);
    List<List<Double>> now = files(300, 1, 2);
    now.replaceAll(
        row -> {
          List<Double> busy = new ArrayList<>(row);
          int column = Dataset.columns().indexOf("count_60m");
          busy.set(column, Dataset.values(new FileFeatures(values, null, null)).get(column));
          return busy;
        });
    assertThat(drift(now).drifted()).isFalse();
  }

  @Test
  void ofTooFewFilesNothingIsSaid() {
    Drift found = drift(files(49, 8, 1));
    assertThat(found.drifted()).isFalse();
    assertThat(found.note()).contains("49 files");
  }
}
