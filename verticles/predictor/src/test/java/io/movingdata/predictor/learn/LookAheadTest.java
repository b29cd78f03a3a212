package io.movingdata.predictor.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.movingdata.core.contract.RulesApi.Place;
import io.movingdata.core.cost.PriceClass;
import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.predictor.learn.LookAhead.Day;
import io.movingdata.predictor.learn.LookAhead.Standing;
import io.movingdata.predictor.learn.LookAhead.Subject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LookAheadTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 20);
  private static final Standing HOT = new Standing("hot", 500, 2);

  static final List<Place> PLACES =
      List.of(
          new Place(
              "s3", "hot", new PriceClass("s3", "standard", 0.023, 0.005, 0.0004, 0, 0, 0, 30)),
          new Place("ia", "warm", new PriceClass("s3", "ia", 0.0125, 0.01, 0.001, 0.01, 0, 30, 40)),
          new Place("ir", "cold", new PriceClass("s3", "ir", 0.004, 0.02, 0.01, 0.03, 0, 90, 80)));

  private final LookAhead ahead = new LookAhead(PLACES, 30);

  private static Subject file(double slaMs, Map<LocalDate, Day> use) {
    FileFeatures now =
        new FileFeatures(Map.of(Feature.LATENCY_SLA_MS.wire(), slaMs), "hot", "region");
    return new Subject(1L << 33, now, DAY.minusDays(300), new TreeMap<>(use));
  }

  private static Map<LocalDate, Day> daily(int from, int to, long reads) {
    Map<LocalDate, Day> use = new TreeMap<>();
    for (int day = from; day <= to; day++) {
      use.put(DAY.plusDays(day), new Day(reads, 0));
    }
    return use;
  }

  @Test
  void whatIsReadALotInTheDaysAfterBelongsOnTheHotTierWhateverWasBefore() {
    assertThat(ahead.label(file(500, daily(1, 30, 5)), HOT, DAY)).isEqualTo("hot");
    assertThat(ahead.label(file(500, daily(-30, 0, 50)), HOT, DAY))
        .as("a month of rest pays for the way to the coldest place")
        .isEqualTo("cold");
    assertThat(ahead.label(file(500, daily(31, 60, 50)), HOT, DAY))
        .as("what comes after the horizon does not count")
        .isEqualTo("cold");
  }

  @Test
  void aPlaceWhoseReadsBeginTooLateIsNotChosen() {
    assertThat(ahead.label(file(50, Map.of()), HOT, DAY)).isEqualTo("warm");
    assertThat(ahead.label(file(30, Map.of()), HOT, DAY)).isEqualTo("hot");
  }

  @Test
  void theWayThereIsPaidToo() {
    LookAhead brief = new LookAhead(PLACES, 1);
    Subject small =
        new Subject(
            4_096,
            new FileFeatures(Map.of(), "hot", null),
            DAY.minusDays(300),
            new TreeMap<>(Map.of()));
    assertThat(brief.label(small, HOT, DAY)).as("a day saves less than it costs").isEqualTo("hot");
  }

  @Test
  void featuresAreThoseOfTheDayAndKnowNothingOfWhatCameAfter() {
    Map<LocalDate, Day> use = daily(-20, -5, 4);
    FileFeatures before = ahead.features(file(120, use), HOT, DAY.minusDays(25), DAY);
    use.putAll(daily(1, 30, 1_000));
    FileFeatures same = ahead.features(file(120, use), HOT, DAY.minusDays(25), DAY);
    assertThat(same).isEqualTo(before);
    assertThat(before.get(Feature.DAYS_SINCE_ACCESS)).isEqualTo(5.5);
    assertThat(before.get(Feature.ACCESS_FREQ_EXPECTED))
        .as("the last use was 5.5 days ago")
        .isCloseTo(3 / 5.5, within(1e-9));
    assertThat(before.get(Feature.LATENCY_SLA_MS)).isEqualTo(120);
    assertThat(before.get(Feature.NUM_RECENT_MIGRATIONS)).isEqualTo(2);
    assertThat(before.get(Feature.TIME_SINCE_LAST_MIGRATION)).isEqualTo(500);
    assertThat(before.get(Feature.STORAGE_COST_PER_GB)).isEqualTo(0.023);
    assertThat(before.currentTier()).isEqualTo("hot");
  }

  @Test
  void aSteadyRateIsTheRateOfTheWindow() {
    FileFeatures steady = ahead.features(file(500, daily(-60, 0, 6)), HOT, DAY.minusDays(60), DAY);
    assertThat(steady.get(Feature.ACCESS_FREQ_PER_DAY)).isCloseTo(6, within(0.1));
    assertThat(steady.get(Feature.DAY_TO_WEEK)).isCloseTo(1, within(0.1));
  }
}
