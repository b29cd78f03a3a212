package io.movingdata.predictor.serve;

import io.movingdata.core.model.ModelCard;
import io.movingdata.core.model.ModelCard.Comparison;
import io.movingdata.predictor.learn.Learner;
import java.time.Clock;

/** Writes down what is known of a model. */
final class Cards {
  private Cards() {}

  static ModelCard of(
      String version,
      Learner learner,
      String labels,
      Double horizonDays,
      Comparison comparison,
      String trainedBy,
      Clock clock) {
    return new ModelCard(
        version,
        learner.type(),
        labels,
        horizonDays,
        learner.samples(),
        learner.classes(),
        learner.trainingAccuracy(),
        learner.holdoutAccuracy(),
        learner.holdoutF1(),
        comparison == null ? null : (Double) comparison.inForceF1(),
        comparison,
        learner.perClass(),
        learner.importance(),
        learner.calibration(),
        trainedBy,
        clock.instant());
  }
}
