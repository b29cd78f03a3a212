package io.movingdata.predictor.learn;

import java.util.List;
import java.util.stream.LongStream;
import smile.base.cart.SplitRule;
import smile.classification.GradientTreeBoost;
import smile.classification.RandomForest;
import smile.classification.SoftClassifier;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.formula.Formula;
import smile.data.type.StructType;
import smile.data.vector.IntVector;

/**
 * Ensembles of decision trees. They know the classes by how frequent they are: Smile takes rows
 * without the last class for those of two classes, and no others.
 */
final class Trees implements TierModel {
  static final String BOOSTING = "gradient-boosting";
  static final String FOREST = "random-forest";

  private static final String LABEL = "target_tier";
  private static final int TREES = 100;
  private static final int DEPTH = 6; // the root counts
  private static final int FOREST_DEPTH = 16;
  private static final int LEAF = 5;

  private final String type;
  private final SoftClassifier<Tuple> classifier;
  private final double[] importance;
  private final StructType schema;
  private final List<Integer> order;

  private Trees(
      String type,
      SoftClassifier<Tuple> classifier,
      double[] importance,
      StructType schema,
      List<Integer> order) {
    this.type = type;
    this.classifier = classifier;
    this.importance = importance;
    this.schema = schema;
    this.order = order;
  }

  static Trees boosted(Dataset data) {
    DataFrame frame = frame(data);
    GradientTreeBoost model =
        GradientTreeBoost.fit(Formula.lhs(LABEL), frame, TREES, DEPTH, 32, LEAF, 0.1, 1.0);
    return new Trees(BOOSTING, model, model.importance(), schema(frame), data.byFrequency());
  }

  static Trees forest(Dataset data, long seed) {
    DataFrame frame = frame(data);
    int columns = Dataset.columns().size();
    RandomForest model =
        RandomForest.fit(
            Formula.lhs(LABEL),
            frame,
            TREES,
            (int) Math.ceil(Math.sqrt(columns)),
            SplitRule.GINI,
            FOREST_DEPTH,
            Math.max(2, data.rows().size() / LEAF),
            LEAF,
            1.0,
            null,
            LongStream.iterate(seed, one -> one + 1).limit(TREES));
    return new Trees(FOREST, model, model.importance(), schema(frame), data.byFrequency());
  }

  private static StructType schema(DataFrame frame) {
    return frame.drop(LABEL).schema();
  }

  private static DataFrame frame(Dataset data) {
    double[][] values = new double[data.rows().size()][];
    int[] labels = new int[values.length];
    List<Integer> order = data.byFrequency();
    for (int i = 0; i < values.length; i++) {
      values[i] = array(data.rows().get(i).values());
      labels[i] = order.indexOf(data.rows().get(i).label());
    }
    return DataFrame.of(values, Dataset.columns().toArray(String[]::new))
        .merge(IntVector.of(LABEL, labels));
  }

  private static double[] array(List<Double> row) {
    return row.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public double[] probabilities(List<Double> row) {
    double[] ordered = new double[order.size()];
    classifier.predict(Tuple.of(array(row), schema), ordered);
    double[] shares = new double[order.size()];
    for (int place = 0; place < ordered.length; place++) {
      shares[order.get(place)] = ordered[place];
    }
    return shares;
  }

  @Override
  public double[] importance() {
    return importance.clone();
  }
}
