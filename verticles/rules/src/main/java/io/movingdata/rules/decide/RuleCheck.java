package io.movingdata.rules.decide;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.error.MovingDataException.FieldError;
import io.movingdata.core.model.RuleSet;
import java.util.ArrayList;
import java.util.List;

/** What must hold of rules before they are put in force. */
public final class RuleCheck {
  private final List<FieldError> faults = new ArrayList<>();

  private RuleCheck() {}

  /**
   * The rules, if they may be.
   *
   * @throws MovingDataException invalid request naming each field at fault
   */
  public static RuleSet check(RuleSet rules) {
    RuleCheck check = new RuleCheck();
    check.within("slo_latency_p95_ms", rules.sloLatencyP95Ms(), 0, 86_400_000);
    check.within("high_temp_minutes", rules.highTempMinutes(), 1, 10);
    check.within("warm_drop_ratio", rules.warmDropRatio(), 0, 1);
    check.within("min_confidence", rules.minConfidence(), 0, 1);
    check.within("cold_max_freq_per_day", rules.coldMaxFreqPerDay(), 0, 1e6);
    check.within("cold_min_days_since_access", rules.coldMinDaysSinceAccess(), 0, 3_660);
    check.within("cost_pressure_ratio", rules.costPressureRatio(), 1, 1e6);
    check.within("horizon_days", rules.horizonDays(), 1, 3_660);
    check.within("hysteresis", rules.hysteresis(), 0, 10);
    check.within("min_stay_days", rules.minStayDays(), 0, 3_660);
    check.within("max_moves_per_hour", rules.maxMovesPerHour(), 0, 1_000_000);
    check.within("budget_usd_per_day", rules.budgetUsdPerDay(), 0, 1e9);
    check.within("budget_gb_per_day", rules.budgetGbPerDay(), 0, 1e9);
    if (!check.faults.isEmpty()) {
      throw MovingDataException.of(ErrorCode.INVALID_REQUEST, "the rules are not acceptable")
          .withFields(check.faults);
    }
    return rules;
  }

  private void within(String field, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      faults.add(
          new FieldError(field, "must be a number from %.0f to %.0f".formatted(least, most)));
    }
  }
}
