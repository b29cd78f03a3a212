package io.movingdata.core.model;

import java.time.Instant;

/**
 * A training of a model, as it runs or ended.
 *
 * @param trainingId time-ordered id
 * @param node where it runs
 * @param state collecting, running, done, failed or cancelled
 * @param phase what it does now: reading, boosting, forest, comparing or keeping
 * @param progress how far it has come, 0 to 1
 * @param examples how many examples it has
 * @param model what it made, null before it is done
 * @param inForce whether that took over
 * @param error why it failed, null where it did not
 * @param errorCode wire number of the {@code ErrorCode} that says so, null where it did not fail
 * @param startedBy who asked for it
 * @param updatedAt when its node was last heard of
 * @param finishedAt when it ended, null before
 */
public record Training(
    String trainingId,
    String node,
    String state,
    String phase,
    double progress,
    int examples,
    ModelCard model,
    boolean inForce,
    String error,
    Integer errorCode,
    String startedBy,
    Instant startedAt,
    Instant updatedAt,
    Instant finishedAt) {
  /** Examples are being added. */
  public static final String COLLECTING = "collecting";

  /** It learns. */
  public static final String RUNNING = "running";

  /** A model was made. */
  public static final String DONE = "done";

  /** None was made, and {@code error} says why. */
  public static final String FAILED = "failed";

  /** None was made, since nobody wanted it any more. */
  public static final String CANCELLED = "cancelled";

  /** Whether it has not ended. */
  public boolean open() {
    return state.equals(COLLECTING) || state.equals(RUNNING);
  }
}
