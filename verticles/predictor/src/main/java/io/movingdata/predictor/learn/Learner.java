package io.movingdata.predictor.learn;

import io.movingdata.core.model.ModelCard.ClassFigures;
import io.movingdata.core.model.ModelCard.Importance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A model with what is known of it. The better of boosted trees and a random forest on the latest
 * fifth of the examples; the nearest centroid where there are too few.
 */
public final class Learner {
  private static final int ENOUGH = 60;
  private static final int ENOUGH_OF_EACH = 5;
  private static final int EXPLAINED = 8;
  private static final int REASONS = 3;
  private static final long SEED = 20_261_126;

  private final Dataset data;
  private final TierModel model;
  private final Figures training;
  private final Figures holdout;
  private final List<Double> medians;

  private Learner(Dataset data, TierModel model) {
    this.data = data;
    this.model = model;
    this.training = Figures.of(model, data.earlier());
    this.holdout = Figures.of(model, data.latest());
    this.medians = medians(data);
  }

  /** Learns; takes seconds for thousands of rows, so not on an event loop. */
  public static Learner learn(Dataset data) {
    return learn(data, Steps.UNWATCHED);
  }

  /** Learns, and tells of each step before it begins. */
  public static Learner learn(Dataset data, Steps steps) {
    Dataset earlier = data.earlier();
    boolean few = earlier.rows().size() < ENOUGH || earlier.rarest() < ENOUGH_OF_EACH;
    if (few) {
      return new Learner(data, new Centroids(earlier));
    }
    steps.next("boosting", 0.3);
    Learner boosted = new Learner(data, Trees.boosted(earlier));
    steps.next("forest", 0.6);
    Learner forest;
    try {
      forest = new Learner(data, Trees.forest(earlier, SEED));
    } catch (IllegalArgumentException tooFewOutOfTheBag) {
      return boosted; // Smile cannot judge a tree whose own test rows lack a frequent class
    }
    return boosted.holdout.f1() >= forest.holdout.f1() ? boosted : forest;
  }

  /** Learns again what was learnt of the same rows, by the kind that was chosen. */
  public static Learner again(Dataset data, String type) {
    Dataset earlier = data.earlier();
    return switch (type) {
      case Trees.BOOSTING -> new Learner(data, Trees.boosted(earlier));
      case Trees.FOREST -> new Learner(data, Trees.forest(earlier, SEED));
      default -> new Learner(data, new Centroids(earlier));
    };
  }

  /** How many rows it was learnt and tested on. */
  public int samples() {
    return data.rows().size();
  }

  /** What it was learnt and tested on. */
  public Dataset data() {
    return data;
  }

  /** The kind of model. */
  public String type() {
    return model.type();
  }

  /** The tiers that it knows. */
  public List<String> classes() {
    return data.classes();
  }

  public double trainingAccuracy() {
    return training.accuracy();
  }

  public double holdoutAccuracy() {
    return holdout.accuracy();
  }

  public double holdoutF1() {
    return holdout.f1();
  }

  /** Figures of each tier on the hold-out. */
  public List<ClassFigures> perClass() {
    return holdout.perClass();
  }

  /** Shares of right answers by how sure it said it was, in tenths. */
  public List<Double> calibration() {
    return holdout.calibration();
  }

  /** How well this one tells the latest fifth of other rows; its own tiers only. */
  public double f1On(Dataset other) {
    List<Dataset.Row> rows = new ArrayList<>();
    for (Dataset.Row row : other.latest().rows()) {
      int label = classes().indexOf(other.classes().get(row.label()));
      if (label >= 0) {
        rows.add(new Dataset.Row(row.values(), label));
      }
    }
    return rows.isEmpty() ? 0 : Figures.of(model, new Dataset(classes(), rows)).f1();
  }

  /** Features by importance, the most important first. */
  public List<Importance> importance() {
    double[] shares = model.importance();
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    List<Importance> all = new ArrayList<>();
    for (int c = 0; c < shares.length; c++) {
      all.add(new Importance(Dataset.columns().get(c), sum == 0 ? 0 : shares[c] / sum));
    }
    all.sort(Comparator.comparingDouble(Importance::share).reversed());
    return all;
  }

  /** What a model says; {@code confidence} is calibrated. */
  public record Answer(String tier, double confidence, List<String> reasons) {
    public Answer {
      reasons = List.copyOf(reasons);
    }
  }

  /** Where a row belongs; {@code explain}: with the features that decided. */
  public Answer predict(List<Double> row, boolean explain) {
    double[] shares = model.probabilities(row);
    int best = Figures.best(shares);
    int tenth = Math.min(9, (int) (shares[best] * 10));
    return new Answer(
        classes().get(best),
        holdout.calibration().get(tenth),
        explain ? reasons(row, best, shares[best]) : List.of());
  }

  private record Reason(double weight, String text) {}

  /** A feature counts for as much as the answer would be less sure had it its usual value. */
  private List<String> reasons(List<Double> row, int best, double share) {
    List<Reason> found = new ArrayList<>();
    for (Importance one : importance().subList(0, EXPLAINED)) {
      int column = Dataset.columns().indexOf(one.feature());
      List<Double> other = new ArrayList<>(row);
      other.set(column, medians.get(column));
      double lost = share - model.probabilities(other)[best];
      if (lost > 0.02) {
        found.add(
            new Reason(
                lost,
                String.format(
                    Locale.ROOT,
                    "%s is %.2f, usual is %.2f: without it %.0f %% less sure",
                    one.feature(),
                    row.get(column),
                    medians.get(column),
                    lost * 100)));
      }
    }
    found.sort(Comparator.comparingDouble(Reason::weight).reversed());
    return found.stream().limit(REASONS).map(Reason::text).toList();
  }

  private static List<Double> medians(Dataset data) {
    List<Double> medians = new ArrayList<>();
    for (int c = 0; c < Dataset.columns().size(); c++) {
      int column = c;
      double[] sorted =
          data.rows().stream().mapToDouble(row -> row.values().get(column)).sorted().toArray();
      medians.add(sorted.length == 0 ? 0 : sorted[sorted.length / 2]);
    }
    return medians;
  }
}
