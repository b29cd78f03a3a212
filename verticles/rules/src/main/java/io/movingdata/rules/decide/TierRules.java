package io.movingdata.rules.decide;

import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.model.RuleSet;
import java.util.Locale;
import java.util.Optional;

/** The rules that override what a model, or cost alone, would say. */
final class TierRules {
  static final String HOT = "hot";
  static final String WARM = "warm";
  static final String COLD = "cold";

  private TierRules() {}

  /**
   * A rule that applies.
   *
   * @param urgent whether it holds whatever the model says, and a move need not pay
   */
  record Fired(String rule, String tier, boolean urgent, String reason) {}

  /**
   * The first rule that applies.
   *
   * @param pressure what its place costs relative to the cheapest
   * @param confidence how sure the model is, 1 where there is none
   */
  static Optional<Fired> first(
      FileFeatures file, RuleSet rules, double pressure, double confidence) {
    double p95 = file.get(Feature.LATENCY_P95_MS);
    double accepted = Math.min(rules.sloLatencyP95Ms(), file.get(Feature.LATENCY_SLA_MS));
    if (p95 > accepted && file.get(Feature.COUNT_60M) > 0) {
      return fired(
          HOT,
          "slo-breach",
          true,
          "95 %% of reads take up to %.0f ms, accepted are %.0f",
          p95,
          accepted);
    }
    double hot = file.get(Feature.HIGH_TEMP_MINUTES);
    if (hot >= rules.highTempMinutes()) {
      return fired(
          HOT, "high-temperature", true, "%.0f of the last 10 minutes had high temperature", hot);
    }
    double perDay = file.get(Feature.ACCESS_FREQ_PER_DAY);
    double idle = file.get(Feature.DAYS_SINCE_ACCESS);
    boolean sporadic =
        perDay <= rules.coldMaxFreqPerDay() && idle >= rules.coldMinDaysSinceAccess();
    if (sporadic && pressure >= rules.costPressureRatio()) {
      return fired(
          COLD,
          "sporadic-access",
          false,
          "used %.2f times a day, not for %.0f days, and its place costs %.1f times the cheapest",
          perDay,
          idle,
          pressure);
    }
    double drop = file.get(Feature.DAY_TO_WEEK);
    boolean dropped = drop <= rules.warmDropRatio() && perDay > rules.coldMaxFreqPerDay();
    if (dropped && HOT.equals(file.currentTier()) && confidence >= rules.minConfidence()) {
      return fired(
          WARM,
          "frequency-drop",
          false,
          "used %.0f %% as much as in an average day of the week",
          drop * 100);
    }
    return Optional.empty();
  }

  private static Optional<Fired> fired(
      String tier, String rule, boolean urgent, String reason, Object... values) {
    return Optional.of(new Fired(rule, tier, urgent, String.format(Locale.ROOT, reason, values)));
  }
}
