package io.movingdata.core.model;

import java.time.Instant;
import java.util.List;

/**
 * A trained model and how good it was found.
 *
 * @param version its name, {@code m} and a number that rises
 * @param type {@code gradient-boosting}, {@code random-forest} or {@code nearest-centroid}
 * @param labels where its labels are from: {@code records} that a user gave; {@code look-ahead} on
 *     recorded use, the tier that would have been cheapest; {@code heuristics} on present use; or
 *     {@code bootstrap}, made-up files labelled by heuristics
 * @param horizonDays how far ahead {@code look-ahead} looked, null for other labels
 * @param samples rows it was trained and tested on, after sampling
 * @param classes the tiers that it knows
 * @param trainingAccuracy share of right answers on the rows it was trained on
 * @param holdoutAccuracy share of right answers on the latest fifth, which it had not seen
 * @param holdoutF1 mean over the tiers of the harmonic mean of precision and recall there
 * @param inForceF1 the same of the model that was in force then, null where there was none
 * @param comparison how it did beside the model that was in force, null where there was none
 * @param perClass figures of each tier on the hold-out
 * @param features names of the features by importance, the most important first
 * @param calibration observed shares of right answers by how sure the model said it was, in tenths
 * @param trainedBy who asked for it
 * @param trainedAt when
 */
public record ModelCard(
    String version,
    String type,
    String labels,
    Double horizonDays,
    int samples,
    List<String> classes,
    double trainingAccuracy,
    double holdoutAccuracy,
    double holdoutF1,
    Double inForceF1,
    Comparison comparison,
    List<ClassFigures> perClass,
    List<Importance> features,
    List<Double> calibration,
    String trainedBy,
    Instant trainedAt) {
  public ModelCard {
    classes = classes == null ? List.of() : List.copyOf(classes);
    perClass = perClass == null ? List.of() : List.copyOf(perClass);
    features = features == null ? List.of() : List.copyOf(features);
    calibration = calibration == null ? List.of() : List.copyOf(calibration);
  }

  /** How well a tier was told; {@code support}: rows of it. */
  public record ClassFigures(
      String tier, double precision, double recall, double f1, int support) {}

  /**
   * Two models on the same questions: this one and the one in force. Where they disagree on files,
   * the prices tell which of the two tiers costs less.
   *
   * @param against the version in force
   * @param holdoutF1 of this one, on the latest fifth of its examples
   * @param inForceF1 of the one in force there
   * @param scored answers on files as they are used now
   * @param agreed how many of them were the same tier
   * @param monthlyCost what the files would cost where this one would have them, USD
   * @param inForceCost the same of the one in force
   * @param tooSlow files that this one would have where reads begin later than they accept
   * @param inForceTooSlow the same of the one in force
   * @param notWorse whether this one is at least as good in each of these
   * @param verdict that in words
   */
  public record Comparison(
      String against,
      double holdoutF1,
      double inForceF1,
      long scored,
      long agreed,
      double monthlyCost,
      double inForceCost,
      long tooSlow,
      long inForceTooSlow,
      boolean notWorse,
      String verdict) {}

  /** How much a feature decides, as a share of all. */
  public record Importance(String feature, double share) {}
}
