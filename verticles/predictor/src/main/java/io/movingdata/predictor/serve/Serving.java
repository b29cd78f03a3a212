package io.movingdata.predictor.serve;

import io.movingdata.predictor.learn.Bootstrap;
import io.movingdata.predictor.learn.Learner;

/** A model that answers here. */
record Serving(String version, String labels, Learner learner) {
  /** The labels of the model that nobody trained. */
  static final String BOOTSTRAP = "bootstrap";

  private static final double SUREST_BOOTSTRAP = 0.75;

  /** How sure it may say it is: one that never saw a real file not sure enough to decide. */
  double surest() {
    return bootstrap() ? SUREST_BOOTSTRAP : 1;
  }

  /** Whether it was learnt from {@link Bootstrap}'s made-up files. */
  boolean bootstrap() {
    return BOOTSTRAP.equals(labels);
  }
}
