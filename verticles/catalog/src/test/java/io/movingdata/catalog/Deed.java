package io.movingdata.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One thing that somebody asks of the catalog, without the versions that it would have to name:
 * those come from what was answered before.
 *
 * @param file which of the few files
 * @param which which of the few copies or moves
 * @param dice decides the rest
 * @param dieAfter the catalog's process dies after so many operations of the store; -1: it lives
 */
record Deed(Kind kind, int file, int which, int dice, int dieAfter) {
  enum Kind {
    READ,
    OPEN,
    PROGRESS,
    GET_COPY,
    UPLOAD,
    MOVE,
    ADD,
    DROP,
    DELETE,
    TOUCH,
    WILD,
    DISCARD,
    STALE,
    CLAIM,
    RENEW,
    SETTLE,
    DISMISS,
    INSERT,
    SAVE,
    FINISH,
    GET_MOVE,
    ACTIVE_MOVE,
    DUE,
    REPEAT,
    PASS_TIME,
    FORGET
  }

  static final int FILES = 2;
  static final int COPIES = 6;
  static final int MOVES = 4;

  /** A sequence; a seed always gives the same one. */
  static List<Deed> sequence(long seed, int length, boolean deaths) {
    Random random = new Random(seed);
    Kind[] kinds = Kind.values();
    List<Deed> deeds = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      boolean dies = random.nextInt(6) == 0 && deaths;
      deeds.add(
          new Deed(
              kinds[random.nextInt(kinds.length)],
              random.nextInt(FILES),
              random.nextInt(COPIES * MOVES),
              random.nextInt(1_000),
              dies ? random.nextInt(9) : -1));
    }
    return deeds;
  }
}
