package io.movingdata.predictor.learn;

import io.movingdata.core.contract.RulesApi.Place;
import io.movingdata.core.cost.CostModel;
import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.model.ModelCard.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Adds up how a new model does beside the one in force on the same files. What is right is not
 * known yet; what each answer would cost at the present use is, and whether it is fast enough.
 */
public final class Contest {
  /** Costs that differ by less are the same. */
  private static final double SAME = 1e-9;

  private final List<Place> places;
  private long scored;
  private long agreed;
  private double cost;
  private double inForceCost;
  private long tooSlow;
  private long inForceTooSlow;

  /** {@code places}: none where no prices are known, and then only agreement is. */
  public Contest(List<Place> places) {
    this.places = List.copyOf(places);
  }

  /** Goes on from where another left off. */
  public Contest(List<Place> places, Comparison soFar) {
    this(places);
    scored = soFar.scored();
    agreed = soFar.agreed();
    cost = soFar.monthlyCost();
    inForceCost = soFar.inForceCost();
    tooSlow = soFar.tooSlow();
    inForceTooSlow = soFar.inForceTooSlow();
  }

  /** One file, and the tiers that the new model and the one in force gave it. */
  public void add(FileFeatures file, String tier, String inForceTier) {
    scored++;
    agreed += tier.equals(inForceTier) ? 1 : 0;
    double perDay = file.get(Feature.ACCESS_FREQ_PER_DAY);
    double writes = perDay * file.get(Feature.WRITE_SHARE);
    long bytes = (long) (file.get(Feature.SIZE_KB) * 1024);
    CostModel.Profile use = new CostModel.Profile(bytes, perDay - writes, writes);
    double accepted = file.get(Feature.LATENCY_SLA_MS);
    Optional<Place> one = cheapest(tier, use);
    Optional<Place> other = cheapest(inForceTier, use);
    if (one.isPresent() && other.isPresent()) {
      cost += CostModel.monthly(use, one.get().prices());
      inForceCost += CostModel.monthly(use, other.get().prices());
      tooSlow += one.get().prices().firstByteMs() > accepted ? 1 : 0;
      inForceTooSlow += other.get().prices().firstByteMs() > accepted ? 1 : 0;
    }
  }

  private Optional<Place> cheapest(String tier, CostModel.Profile use) {
    return places.stream()
        .filter(place -> place.tier().equals(tier))
        .min(Comparator.comparingDouble(place -> CostModel.monthly(use, place.prices())));
  }

  /** With what another node added up of the same two models. */
  public Contest plus(Comparison more) {
    scored += more.scored();
    agreed += more.agreed();
    cost += more.monthlyCost();
    inForceCost += more.inForceCost();
    tooSlow += more.tooSlow();
    inForceTooSlow += more.inForceTooSlow();
    return this;
  }

  /** How many files were added. */
  public long scored() {
    return scored;
  }

  /** How it stands. */
  public Comparison result(String against, double holdoutF1, double inForceF1) {
    List<String> worse = new ArrayList<>();
    if (holdoutF1 < inForceF1) {
      worse.add(text("its F1 on the hold-out is %.3f, not %.3f", holdoutF1, inForceF1));
    }
    if (cost > inForceCost * (1 + SAME) + SAME) {
      worse.add(
          text(
              "%d files would cost %.6f USD a month where it would have them, not %.6f",
              scored, cost, inForceCost));
    }
    if (tooSlow > inForceTooSlow) {
      worse.add(text("it would have %d files too slow, not %d", tooSlow, inForceTooSlow));
    }
    String verdict =
        worse.isEmpty()
            ? text(
                "not worse than %s: F1 %.3f to %.3f on the hold-out, the same tier for %d of %d files",
                against, holdoutF1, inForceF1, agreed, scored)
            : "worse than " + against + ": " + String.join("; ", worse);
    return new Comparison(
        against,
        holdoutF1,
        inForceF1,
        scored,
        agreed,
        cost,
        inForceCost,
        tooSlow,
        inForceTooSlow,
        worse.isEmpty(),
        verdict);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
