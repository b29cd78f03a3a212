package io.movingdata.core.cost;

/**
 * What a file costs in a place. Sizes are plaintext bytes; what is stored is a third more, since
 * the cipher's text is base64.
 */
public final class CostModel {
  private static final double GIB = 1024.0 * 1024 * 1024;
  private static final double STORED = 4.0 / 3;

  /** Days of an average month. */
  public static final double DAYS_A_MONTH = 30.44;

  private CostModel() {}

  /** How a file is used: what its cost depends on beside the place. */
  public record Profile(long bytes, double readsPerDay, double writesPerDay) {
    double gb() {
      return bytes / GIB * STORED;
    }
  }

  /** Keeping and reading it for a month, USD. */
  public static double monthly(Profile file, PriceClass at) {
    double reads = file.readsPerDay() * DAYS_A_MONTH;
    double writes = file.writesPerDay() * DAYS_A_MONTH;
    return file.gb() * at.storagePerGbMonth()
        + reads * (at.getPer1000() / 1000 + file.gb() * (at.retrievalPerGb() + at.egressPerGb()))
        + writes * at.putPer1000() / 1000;
  }

  /**
   * Moving it once, USD: reading it, leaving the provider, writing it, and what is left to pay
   * where it has not stayed long enough.
   *
   * @param daysThere how long it has been where it is
   */
  public static double move(Profile file, PriceClass from, PriceClass to, double daysThere) {
    double early =
        Math.max(0, from.minDays() - daysThere)
            / DAYS_A_MONTH
            * from.storagePerGbMonth()
            * file.gb();
    return from.getPer1000() / 1000
        + file.gb() * (from.retrievalPerGb() + from.egressPerGb())
        + to.putPer1000() / 1000
        + early;
  }
}
