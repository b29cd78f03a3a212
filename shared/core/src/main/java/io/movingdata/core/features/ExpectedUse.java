package io.movingdata.core.features;

/** How much use of a file is to be expected from what has been seen of it. */
public final class ExpectedUse {
  private static final double AT_LEAST_DAYS = 1;

  /** With 95 % confidence a rate is at most this many, over a time in which nothing happened. */
  private static final double RULE_OF_THREE = 3;

  private ExpectedUse() {}

  /**
   * Events a day to expect in the months to come. One more event is counted than was seen
   * (Laplace's rule of succession): that nothing was read in a week does not say that nothing ever
   * will be, and one read of a cold object may cost what it saved in months. Nor is it more than
   * the time since the last event leaves possible (the rule of three), so that what was popular
   * once is not expected to be for ever.
   *
   * @param events events since it was first known
   * @param knownDays how long that is, days
   * @param idleDays how long ago the last event was, days
   */
  public static double perDay(long events, double knownDays, double idleDays) {
    double overall = (events + 1.0) / Math.max(AT_LEAST_DAYS, knownDays);
    return idleDays > 0 ? Math.min(overall, RULE_OF_THREE / idleDays) : overall;
  }
}
