package io.movingdata.rules.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.cost.CostModel;
import io.movingdata.core.cost.PriceClass;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.model.Decision;
import io.movingdata.core.model.RuleSet;
import io.movingdata.rules.book.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionEngineTest {
  private static final Instant NOW = Instant.parse("2026-03-04T10:00:00Z");
  private static final long GIB = 1L << 30;
  private static final Candidate HOT =
      new Candidate(
          "s3", "hot", new PriceClass("s3", "standard", 0.023, 0.005, 0.0004, 0, 0.09, 0, 30));
  private static final Candidate WARM =
      new Candidate(
          "azure", "warm", new PriceClass("azure", "hot", 0.0184, 0.005, 0.0004, 0, 0.087, 0, 40));
  private static final Candidate COLD =
      new Candidate(
          "gcs", "cold", new PriceClass("gcs", "coldline", 0.004, 0.02, 0.01, 0.02, 0.12, 90, 90));
  private static final List<Candidate> PLACES = List.of(HOT, WARM, COLD);

  private final Map<String, Double> values = new HashMap<>();
  private Candidate here = HOT;
  private Prediction prediction;
  private Instant pinned;
  private long bytes = 100 * GIB;

  private static RuleSet rules() {
    try {
      return RuleBook.configured(
          Files.readString(Path.of("../../conf/rules.json")),
          new NodeConfig.Alerts(0.08, 180, 15, 0.9, 75));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private DecisionEngineTest with(Feature feature, double value) {
    values.put(feature.wire(), value);
    return this;
  }

  private Decision decide() {
    FileFeatures features = new FileFeatures(values, here.tier(), "r");
    return DecisionEngine.decide(
        new Question("f", bytes, features, here, PLACES, rules(), prediction, pinned, NOW));
  }

  @Test
  void aBreachOfTheLatencyObjectiveGoesHotWhateverItCosts() {
    here = COLD;
    prediction = new Prediction("m1", "cold", 0.99, List.of());
    Decision decision = with(Feature.LATENCY_P95_MS, 400).with(Feature.COUNT_60M, 5).decide();
    assertThat(decision.source()).isEqualTo("rule:slo-breach");
    assertThat(decision.target()).isEqualTo("s3");
    assertThat(decision.move()).isTrue();
    assertThat(decision.reasons())
        .containsExactly("95 % of reads take up to 400 ms, accepted are 180");
  }

  @Test
  void persistentHighTemperatureGoesHot() {
    here = WARM;
    assertThat(with(Feature.HIGH_TEMP_MINUTES, 2).decide().source())
        .isNotEqualTo("rule:high-temperature");
    assertThat(with(Feature.HIGH_TEMP_MINUTES, 3).decide().source())
        .isEqualTo("rule:high-temperature");
  }

  @Test
  void sporadicUseUnderCostPressureGoesColdAndPays() {
    Decision decision =
        with(Feature.ACCESS_FREQ_PER_DAY, 0.001).with(Feature.DAYS_SINCE_ACCESS, 60).decide();
    assertThat(decision.source()).isEqualTo("rule:sporadic-access");
    assertThat(decision.target()).isEqualTo("gcs");
    // 133 GB stored: 0.09 a GB to leave S3, and 0.02 for the write of 1000 at Google.
    assertThat(decision.moveCost()).isCloseTo(400.0 / 3 * 0.09, within(0.01));
    assertThat(decision.savingsPerMonth()).isCloseTo(400.0 / 3 * 0.019, within(0.3));
    assertThat(decision.held()).singleElement().asString().startsWith("it does not pay");
    assertThat(decision.move()).isFalse();
  }

  @Test
  void aMoveThatPaysIsMadeUnlessItIsPinnedOrCameLately() {
    here = COLD;
    with(Feature.ACCESS_FREQ_PER_DAY, 5).with(Feature.DAYS_SINCE_ACCESS, 0);
    Decision decision = decide();
    assertThat(decision.source()).isEqualTo("cost");
    assertThat(decision.target()).isEqualTo("azure");
    assertThat(decision.savingsPerMonth()).isPositive();
    assertThat(decision.move()).isTrue();

    pinned = NOW.plus(Duration.ofHours(1));
    assertThat(decide().held()).singleElement().asString().contains("pinned");
    pinned = NOW;
    assertThat(decide().move()).isTrue();
    assertThat(with(Feature.TIME_SINCE_LAST_MIGRATION, 48).decide().held())
        .singleElement()
        .asString()
        .isEqualTo("it came 2.0 days ago and stays for 7");
  }

  @Test
  void aSureModelDecidesAndAnUnsureOneGivesWay() {
    prediction = new Prediction("m1", "warm", 0.95, List.of("seldom read"));
    Decision sure = with(Feature.ACCESS_FREQ_PER_DAY, 3).decide();
    assertThat(sure.source()).isEqualTo("model:m1");
    assertThat(sure.tier()).isEqualTo("warm");
    assertThat(sure.reasons()).containsExactly("seldom read");
    prediction = new Prediction("m1", "cold", 0.6, List.of());
    Decision unsure = decide();
    assertThat(unsure.source()).isEqualTo("cost");
    assertThat(unsure.modelTier()).isEqualTo("cold");
    assertThat(unsure.modelConfidence()).isEqualTo(0.6);
    prediction = new Prediction("m1", "frozen", 0.99, List.of());
    assertThat(decide().source()).as("no location has that tier").isEqualTo("cost");
  }

  @Test
  void aWeekWithoutUseIsNoReasonWhereMoreIsToBeExpected() {
    with(Feature.ACCESS_FREQ_PER_DAY, 0).with(Feature.DAYS_SINCE_ACCESS, 3);
    assertThat(decide().tier()).as("nothing else is known").isEqualTo("cold");
    Decision used = with(Feature.ACCESS_FREQ_EXPECTED, 2).decide();
    assertThat(used.tier()).as("leaving Azure costs least").isEqualTo("warm");
    assertThat(used.reasons()).singleElement().asString().contains("2.00 uses a day");
  }

  @Test
  void aDropOfUseGoesWarm() {
    with(Feature.ACCESS_FREQ_PER_DAY, 4).with(Feature.DAY_TO_WEEK, 0.3);
    assertThat(decide().source()).isEqualTo("rule:frequency-drop");
    prediction = new Prediction("m1", "hot", 0.5, List.of());
    assertThat(decide().source()).as("the model is not sure").isEqualTo("cost");
  }

  @Test
  void aPlaceThatIsTooSlowIsNotChosenForItsPrice() {
    with(Feature.ACCESS_FREQ_PER_DAY, 0.005).with(Feature.DAYS_SINCE_ACCESS, 1);
    assertThat(decide().tier()).isEqualTo("cold");
    assertThat(with(Feature.LATENCY_SLA_MS, 50).decide().tier()).isEqualTo("warm");
    assertThat(with(Feature.LATENCY_SLA_MS, 1).decide().target())
        .as("none is fast enough")
        .isNull();
  }

  @Test
  void whatLeavesEarlyPaysForTheTimeThatIsLeft() {
    CostModel.Profile profile = new CostModel.Profile(3 * GIB, 0, 0);
    double after90 = CostModel.move(profile, COLD.prices(), HOT.prices(), 90);
    double after30 = CostModel.move(profile, COLD.prices(), HOT.prices(), 30);
    assertThat(after30 - after90).isCloseTo(60 / 30.44 * 0.004 * 4, within(1e-9));
  }

  @Test
  void emptyFilesStayWhereTheyAre() {
    bytes = 0;
    assertThat(decide().move()).isFalse();
    assertThat(decide().savingsPerMonth()).isNotNaN();
  }

  @Test
  void rulesOutOfBoundsAreRefusedWithEachField() {
    RuleSet wrong =
        new RuleSet(0, -1, 99, 2, Double.NaN, 0.2, 14, 0.5, 0, 0.2, 7, 60, 5, 200, null, null);
    assertThatThrownBy(() -> RuleCheck.check(wrong))
        .isInstanceOfSatisfying(
            MovingDataException.class,
            refused ->
                assertThat(refused.fields())
                    .extracting(MovingDataException.FieldError::field)
                    .containsExactly(
                        "slo_latency_p95_ms",
                        "high_temp_minutes",
                        "warm_drop_ratio",
                        "min_confidence",
                        "cost_pressure_ratio",
                        "horizon_days"));
  }
}
