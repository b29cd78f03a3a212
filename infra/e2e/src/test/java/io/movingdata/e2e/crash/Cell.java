package io.movingdata.e2e.crash;

import io.movingdata.core.crash.CrashPoint;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One thing that may go wrong.
 *
 * @param point where a node is stopped
 * @param fault what is done to it there
 * @param act what it is doing
 * @param from where the file is
 * @param to where it shall be
 */
record Cell(CrashPoint point, Fault fault, Act act, String from, String to) {
  private static final int PARTS = 5;

  /** Names the cell; with the run's seed it says everything about it. */
  String id() {
    return String.join(".", word(point), word(fault), word(act), from, to);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** The cell of an id. */
  static Cell parse(String id) {
    String[] words = id.split("\\.", -1);
    if (words.length != PARTS) {
      throw new IllegalArgumentException("not a cell: " + id);
    }
    return new Cell(
        CrashPoint.valueOf(words[0].toUpperCase(Locale.ROOT)),
        Fault.valueOf(words[1].toUpperCase(Locale.ROOT)),
        Act.valueOf(words[2].toUpperCase(Locale.ROOT)),
        words[3],
        words[4]);
  }

  /** Chance, the same for the same cell of the same run. */
  SplittableRandom random(long seed) {
    return new SplittableRandom(seed * 1_000_003 + id().hashCode());
  }
}
