package io.movingdata.predictor.learn;

import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Examples in the order of time, as numbers: a row has every {@link Feature} in its order, then the
 * current tier as one column for each of hot, warm and cold.
 */
public final class Dataset {
  private static final List<String> TIERS = List.of("hot", "warm", "cold");

  /** One example; {@code label} is a place in the data set's classes. */
  public record Row(List<Double> values, int label) {
    public Row {
      values = List.copyOf(values);
    }
  }

  private final List<String> classes;
  private final List<Row> rows;

  /** {@code rows} in the order of time. */
  public Dataset(List<String> classes, List<Row> rows) {
    this.classes = List.copyOf(classes);
    this.rows = List.copyOf(rows);
  }

  /** Of feature vectors and the tiers where they belong. */
  public static Dataset of(List<FileFeatures> features, List<String> tiers) {
    return ofValues(features.stream().map(Dataset::values).toList(), tiers);
  }

  /** Of the columns of feature vectors and the tiers where they belong. */
  public static Dataset ofValues(List<List<Double>> columns, List<String> tiers) {
    List<String> classes = new ArrayList<>(new TreeSet<>(tiers));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      rows.add(new Row(columns.get(i), classes.indexOf(tiers.get(i))));
    }
    return new Dataset(classes, rows);
  }

  /** The columns of a feature vector. */
  public static List<Double> values(FileFeatures features) {
    List<Double> values = new ArrayList<>();
    for (Feature feature : Feature.values()) {
      values.add(features.get(feature));
    }
    TIERS.forEach(tier -> values.add(tier.equals(features.currentTier()) ? 1.0 : 0.0));
    return values;
  }

  /** The names of the columns. */
  public static List<String> columns() {
    List<String> names =
        new ArrayList<>(Arrays.stream(Feature.values()).map(Feature::wire).toList());
    TIERS.forEach(tier -> names.add("current_tier_" + tier));
    return names;
  }

  public List<String> classes() {
    return classes;
  }

  public List<Row> rows() {
    return rows;
  }

  private int[] counts() {
    int[] counts = new int[classes.size()];
    rows.forEach(row -> counts[row.label()]++);
    return counts;
  }

  /** How many rows the rarest class has. */
  int rarest() {
    return Arrays.stream(counts()).min().orElse(0);
  }

  /** The classes, the most frequent first. */
  List<Integer> byFrequency() {
    int[] counts = counts();
    List<Integer> order = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      order.add(label);
    }
    order.sort(Comparator.comparingInt(label -> -counts[label]));
    return order;
  }

  /**
   * At most so many rows, of each class in proportion, and of each the latest half for sure and of
   * the earlier half some that chance chooses.
   */
  public Dataset sample(int most, long seed) {
    if (rows.size() <= most) {
      return this;
    }
    Map<Integer, List<Integer>> places = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      places.computeIfAbsent(rows.get(i).label(), label -> new ArrayList<>()).add(i);
    }
    TreeSet<Integer> chosen = new TreeSet<>();
    for (List<Integer> ofClass : places.values()) {
      int share = Math.max(1, (int) ((long) ofClass.size() * most / rows.size()));
      int recent = (share + 1) / 2;
      chosen.addAll(ofClass.subList(ofClass.size() - recent, ofClass.size()));
      List<Integer> earlier = new ArrayList<>(ofClass.subList(0, ofClass.size() - recent));
      Collections.shuffle(earlier, new Random(seed));
      chosen.addAll(earlier.subList(0, Math.min(earlier.size(), share - recent)));
    }
    return new Dataset(classes, chosen.stream().map(rows::get).toList());
  }

  /** All but the latest fifth. */
  public Dataset earlier() {
    return new Dataset(classes, rows.subList(0, rows.size() - heldOut()));
  }

  /** The latest fifth. */
  public Dataset latest() {
    return new Dataset(classes, rows.subList(rows.size() - heldOut(), rows.size()));
  }

  private int heldOut() {
    return Math.max(1, rows.size() / 5);
  }
}
