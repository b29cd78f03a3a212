package io.movingdata.predictor.learn;

import java.util.concurrent.CancellationException;

/** Who follows a training: is told of each step before it begins, and may end it there. */
@FunctionalInterface
public interface Steps {
  /** Nobody follows, and nothing ends it. */
  Steps UNWATCHED = (phase, progress) -> {};

  /**
   * The next step.
   *
   * @param phase as in {@code Training}
   * @param progress how far the training has come, 0 to 1
   * @throws CancellationException where it shall not go on
   */
  void next(String phase, double progress);
}
