package io.movingdata.predictor.learn;

import java.util.List;

/** Something that tells how likely each class is. */
public interface TierModel {
  /** Its kind, as it stands in {@code ModelCard}. */
  String type();

  /** A share of certainty for each class, adding up to 1. */
  double[] probabilities(List<Double> row);

  /** How much each column decides, not negative. */
  double[] importance();
}
