package io.movingdata.consistency.repair;

import io.movingdata.core.model.FindingState;

/**
 * How a try at a repair ended.
 *
 * @param state what the finding becomes; {@code OPEN} where it is to be tried again
 * @param reason why, null for nothing to be said
 * @param failed whether the try counts as a failed one
 */
record Outcome(FindingState state, String reason, boolean failed) {
  static final Outcome REPAIRED = new Outcome(FindingState.REPAIRED, null, false);

  static Outcome gone(String why) {
    return new Outcome(FindingState.GONE, why, false);
  }

  static Outcome unrepairable(String why) {
    return new Outcome(FindingState.UNREPAIRABLE, why, false);
  }

  static Outcome again(String why) {
    return new Outcome(FindingState.OPEN, why, true);
  }

  static Outcome conflict(String why) {
    return new Outcome(FindingState.CONFLICT, why, false);
  }

  /** Under way: to be looked at again soon. */
  static Outcome waiting(String why) {
    return new Outcome(FindingState.OPEN, why, false);
  }
}
