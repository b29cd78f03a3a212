package io.movingdata.predictor.learn;

import io.movingdata.core.model.ModelCard.ClassFigures;
import java.util.ArrayList;
import java.util.List;

/** How good a model is on rows that it may or may not have seen. */
record Figures(double accuracy, double f1, List<ClassFigures> perClass, List<Double> calibration) {
  private static final int TENTHS = 10;

  static Figures of(TierModel model, Dataset data) {
    int classes = data.classes().size();
    int[][] told = new int[classes][classes];
    int[] sure = new int[TENTHS];
    int[] right = new int[TENTHS];
    int correct = 0;
    for (Dataset.Row row : data.rows()) {
      double[] shares = model.probabilities(row.values());
      int best = best(shares);
      told[row.label()][best]++;
      int tenth = Math.min(TENTHS - 1, (int) (shares[best] * TENTHS));
      sure[tenth]++;
      if (best == row.label()) {
        right[tenth]++;
        correct++;
      }
    }
    List<ClassFigures> perClass = new ArrayList<>();
    double sum = 0;
    int present = 0;
    for (int c = 0; c < classes; c++) {
      ClassFigures one = figures(data.classes().get(c), told, c);
      perClass.add(one);
      if (one.support() > 0) {
        sum += one.f1();
        present++;
      }
    }
    List<Double> calibration = new ArrayList<>();
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      // Few rows say little: as if two more had been there, as right as the model says it is.
      double said = (tenth + 0.5) / TENTHS;
      calibration.add((right[tenth] + 2 * said) / (sure[tenth] + 2));
    }
    return new Figures(
        (double) correct / Math.max(1, data.rows().size()),
        sum / Math.max(1, present),
        perClass,
        calibration);
  }

  private static ClassFigures figures(String tier, int[][] told, int c) {
    int support = 0;
    int claimed = 0;
    for (int other = 0; other < told.length; other++) {
      support += told[c][other];
      claimed += told[other][c];
    }
    double precision = claimed == 0 ? 0 : (double) told[c][c] / claimed;
    double recall = support == 0 ? 0 : (double) told[c][c] / support;
    double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    return new ClassFigures(tier, precision, recall, f1, support);
  }

  static int best(double[] shares) {
    int best = 0;
    for (int c = 1; c < shares.length; c++) {
      best = shares[c] > shares[best] ? c : best;
    }
    return best;
  }
}
