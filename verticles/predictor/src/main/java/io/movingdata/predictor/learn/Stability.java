package io.movingdata.predictor.learn;

import io.movingdata.core.features.Feature;
import io.movingdata.core.model.Drift;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How much the files of today differ from those that a model learnt from: the population stability
 * index of each feature that the model uses, over tenths of its training sample. By convention an
 * index above 0.25 is a shift that matters; of few files chance alone makes some, which is added.
 */
public final class Stability {
  /** Fewer files than this say nothing. */
  public static final int FEWEST = 50;

  private static final double SHIFT = 0.25;
  private static final double USED = 0.01;
  private static final int BINS = 10;

  /** What the clock says differs between any two moments. */
  private static final Set<String> OF_THE_CLOCK =
      Set.of(Feature.HOUR.wire(), Feature.WEEKDAY.wire());

  private Stability() {}

  /** Compares; {@code now}: the columns of {@code Dataset.values} of each file. */
  public static Drift of(String version, Learner model, List<List<Double>> now, Instant at) {
    int trained = model.data().rows().size();
    double chance = (BINS - 1) * (1.0 / Math.max(1, now.size()) + 1.0 / Math.max(1, trained));
    double threshold = SHIFT + chance;
    if (now.size() < FEWEST) {
      String few = "there are " + now.size() + " files, and " + FEWEST + " are needed";
      return new Drift(version, now.size(), threshold, false, List.of(), few, at);
    }
    List<Drift.FeatureDrift> found = new ArrayList<>();
    for (var one : model.importance()) {
      if (one.share() >= USED && !OF_THE_CLOCK.contains(one.feature())) {
        int column = Dataset.columns().indexOf(one.feature());
        found.add(new Drift.FeatureDrift(one.feature(), index(model.data(), column, now)));
      }
    }
    found.sort(Comparator.comparingDouble(Drift.FeatureDrift::psi).reversed());
    boolean drifted = !found.isEmpty() && found.get(0).psi() > threshold;
    return new Drift(version, now.size(), threshold, drifted, found, null, at);
  }

  private static double index(Dataset trained, int column, List<List<Double>> now) {
    double[] before =
        trained.rows().stream().mapToDouble(row -> row.values().get(column)).sorted().toArray();
    double[] after = now.stream().mapToDouble(row -> row.get(column)).toArray();
    // Each edge ends the bin of all values up to it; equal tenths fall together.
    TreeSet<Double> edges = new TreeSet<>();
    for (int bin = 1; bin < BINS; bin++) {
      edges.add(before[(int) ((long) before.length * bin / BINS)]);
    }
    List<Double> ends = new ArrayList<>(edges);
    double[] expected = shares(before, ends);
    double[] actual = shares(after, ends);
    double sum = 0;
    for (int bin = 0; bin < expected.length; bin++) {
      sum += (actual[bin] - expected[bin]) * Math.log(actual[bin] / expected[bin]);
    }
    return sum;
  }

  /** Shares of each bin, none of them zero: as if half a value more lay in each. */
  private static double[] shares(double[] values, List<Double> ends) {
    double[] counts = new double[ends.size() + 1];
    for (double value : values) {
      int bin = 0;
      while (bin < ends.size() && value > ends.get(bin)) {
        bin++;
      }
      counts[bin]++;
    }
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] = (counts[bin] + 0.5) / (values.length + 0.5 * counts.length);
    }
    return counts;
  }
}
