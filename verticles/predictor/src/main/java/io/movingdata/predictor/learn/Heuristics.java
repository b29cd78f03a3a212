package io.movingdata.predictor.learn;

import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;

/** Where a file belongs as far as its present use tells: labels where nobody gave any. */
public final class Heuristics {
  private static final double OFTEN = 1;
  private static final double SELDOM = 0.1;
  private static final double FAST_MS = 60;
  private static final double IDLE_DAYS = 30;

  private Heuristics() {}

  /**
   * Hot: used daily or more, or must be fast and is used at all lately; cold: used less than every
   * ten days, or not for a month; warm: between.
   */
  public static String tier(FileFeatures features) {
    double perDay = features.get(Feature.ACCESS_FREQ_PER_DAY);
    double idle = features.get(Feature.DAYS_SINCE_ACCESS);
    boolean fast = features.get(Feature.LATENCY_SLA_MS) <= FAST_MS;
    if (perDay >= OFTEN || (fast && idle < IDLE_DAYS)) {
      return "hot";
    }
    return perDay < SELDOM || idle >= IDLE_DAYS ? "cold" : "warm";
  }
}
