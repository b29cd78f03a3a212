package io.movingdata.core.model;

import java.time.Instant;
import java.util.List;

/**
 * How far the files of today differ from those that a model was trained on.
 *
 * @param version the model
 * @param files how many files were looked at
 * @param threshold population stability index from which a feature counts as drifted: 0.25, and
 *     what chance makes of so few files
 * @param drifted whether any feature that the model uses has
 * @param features indices of the features that the model uses, the highest first
 * @param note why nothing can be said, null where it can
 */
public record Drift(
    String version,
    int files,
    double threshold,
    boolean drifted,
    List<FeatureDrift> features,
    String note,
    Instant at) {
  public Drift {
    features = features == null ? List.of() : List.copyOf(features);
  }

  /** Population stability index of a feature: 0 is the same distribution. */
  public record FeatureDrift(String feature, double psi) {}
}
