package io.movingdata.predictor.learn;

import java.util.List;

/**
 * The class whose mean is nearest, in standard deviations of each column: what can be learnt of a
 * few examples.
 */
final class Centroids implements TierModel {
  static final String TYPE = "nearest-centroid";

  private final double[][] means;
  private final double[] deviations;

  Centroids(Dataset data) {
    int columns = Dataset.columns().size();
    means = new double[data.classes().size()][columns];
    deviations = new double[columns];
    int[] counts = new int[means.length];
    double[] mean = new double[columns];
    for (Dataset.Row row : data.rows()) {
      counts[row.label()]++;
      for (int c = 0; c < columns; c++) {
        means[row.label()][c] += row.values().get(c);
        mean[c] += row.values().get(c) / data.rows().size();
      }
    }
    for (int label = 0; label < means.length; label++) {
      for (int c = 0; c < columns; c++) {
        means[label][c] /= Math.max(1, counts[label]);
      }
    }
    for (int c = 0; c < columns; c++) {
      double sum = 0;
      for (Dataset.Row row : data.rows()) {
        sum += Math.pow(row.values().get(c) - mean[c], 2);
      }
      deviations[c] = Math.sqrt(sum / data.rows().size());
    }
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public double[] probabilities(List<Double> row) {
    double[] shares = new double[means.length];
    double all = 0;
    for (int label = 0; label < means.length; label++) {
      double distance = 0;
      for (int c = 0; c < deviations.length; c++) {
        if (deviations[c] > 0) {
          distance += Math.pow((row.get(c) - means[label][c]) / deviations[c], 2);
        }
      }
      shares[label] = 1 / (1e-6 + distance);
      all += shares[label];
    }
    for (int label = 0; label < shares.length; label++) {
      shares[label] /= all;
    }
    return shares;
  }

  /** How far the means of the classes lie apart. */
  @Override
  public double[] importance() {
    double[] spread = new double[deviations.length];
    for (int c = 0; c < spread.length; c++) {
      double least = Double.MAX_VALUE;
      double most = -Double.MAX_VALUE;
      for (double[] mean : means) {
        least = Math.min(least, mean[c]);
        most = Math.max(most, mean[c]);
      }
      spread[c] = deviations[c] > 0 ? (most - least) / deviations[c] : 0;
    }
    return spread;
  }
}
