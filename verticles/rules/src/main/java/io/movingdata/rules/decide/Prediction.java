package io.movingdata.rules.decide;

import java.util.List;

/** What a model says of a file; {@code bootstrap}: one that nobody trained. */
public record Prediction(
    String model, String tier, double confidence, List<String> reasons, boolean bootstrap) {
  public Prediction {
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
  }

  /** What a trained model says. */
  public Prediction(String model, String tier, double confidence, List<String> reasons) {
    this(model, tier, confidence, reasons, false);
  }
}
