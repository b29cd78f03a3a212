package io.movingdata.bench.tiering;

import io.movingdata.core.cost.CostModel;
import io.movingdata.core.cost.PriceClass;
import io.movingdata.rules.decide.Candidate;
import java.util.List;

/** Three tiers with their prices: hot, warm, cold. */
record Prices(String name, List<Candidate> tiers) {
  static final double DAYS_A_MONTH = 30.44;

  /** The three clouds of the default configuration: whoever moves pays the egress. */
  static Prices clouds() {
    return new Prices(
        "three clouds",
        List.of(
            tier("hot", new PriceClass("s3", "standard", 0.023, 0.005, 0.0004, 0, 0.09, 0, 30)),
            tier("warm", new PriceClass("azure", "hot", 0.0184, 0.005, 0.0004, 0, 0.087, 0, 40)),
            tier(
                "cold", new PriceClass("gcs", "coldline", 0.004, 0.02, 0.01, 0.02, 0.12, 90, 90))));
  }

  /** Three classes of one cloud, read from within it. */
  static Prices classes() {
    return new Prices(
        "one cloud",
        List.of(
            tier("hot", new PriceClass("s3", "standard", 0.023, 0.005, 0.0004, 0, 0, 0, 30)),
            tier("warm", new PriceClass("s3", "standard-ia", 0.0125, 0.01, 0.001, 0.01, 0, 30, 40)),
            tier("cold", new PriceClass("s3", "glacier-ir", 0.004, 0.02, 0.01, 0.03, 0, 90, 80))));
  }

  private static Candidate tier(String name, PriceClass prices) {
    return new Candidate(name, name, prices);
  }

  int count() {
    return tiers.size();
  }

  /** A day at a tier, USD. */
  double day(long bytes, int reads, int tier) {
    CostModel.Profile profile = new CostModel.Profile(bytes, reads, 0);
    return CostModel.monthly(profile, tiers.get(tier).prices()) / DAYS_A_MONTH;
  }

  /** Going from a tier to another after some days there, USD. */
  double move(long bytes, int from, int to, int daysThere) {
    return from == to
        ? 0
        : CostModel.move(
            new CostModel.Profile(bytes, 0, 0),
            tiers.get(from).prices(),
            tiers.get(to).prices(),
            daysThere);
  }
}
