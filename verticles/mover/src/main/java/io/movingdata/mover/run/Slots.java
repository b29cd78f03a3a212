package io.movingdata.mover.run;

import io.movingdata.core.model.MoveRecord;
import java.util.HashMap;
import java.util.Map;

/** How many moves a node runs at once, in all and per location. */
final class Slots {
  private final int parallelism;
  private final Map<String, Integer> limits;
  private final Map<String, Integer> used = new HashMap<>();
  private int running;

  /**
   * Slots for so many moves.
   *
   * @param limits most moves that may read or write at a location at once; none where absent
   */
  Slots(int parallelism, Map<String, Integer> limits) {
    this.parallelism = parallelism;
    this.limits = Map.copyOf(limits);
  }

  int free() {
    return parallelism - running;
  }

  int running() {
    return running;
  }

  /** Takes a slot at both ends; false where there is none. */
  boolean take(MoveRecord move) {
    if (free() <= 0 || full(move.from()) || full(move.target())) {
      return false;
    }
    running++;
    used.merge(move.from(), 1, Integer::sum);
    used.merge(move.target(), 1, Integer::sum);
    return true;
  }

  void give(MoveRecord move) {
    running--;
    used.merge(move.from(), -1, Integer::sum);
    used.merge(move.target(), -1, Integer::sum);
  }

  private boolean full(String location) {
    return used.getOrDefault(location, 0) >= limits.getOrDefault(location, Integer.MAX_VALUE);
  }
}
