package io.movingdata.e2e.crash;

import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.security.FrameLayout;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the seed decides about a cell.
 *
 * @param size bytes of the file
 * @param hit at which time the point is reached, from 1
 * @param second where the node that takes over is killed
 * @param interruption what makes an aborted move abort
 * @param early whether a frozen node goes on before its lease is over
 * @param contentSeed seed of the file's bytes
 */
record Chance(
    int size,
    int hit,
    CrashPoint second,
    Interruption interruption,
    boolean early,
    long contentSeed) {

  /** Why a move is given up. */
  enum Interruption {
    CANCEL,
    OVERWRITE,
    DELETE
  }

  private static final int FRAME = FrameLayout.singleCapacity();
  private static final List<Integer> SIZES =
      List.of(0, 1, 65_536, 1_500_000, FRAME - 1, FRAME, FRAME + 1, 25_000_000);
  private static final List<Integer> SIZES_IN_PARTS = List.of(FRAME + 1, 3 * FRAME, 25_000_000);

  /** What a run's seed decides about a cell. */
  static Chance of(Cell cell, long seed) {
    SplittableRandom random = cell.random(seed);
    boolean parts = Points.inParts(cell.point());
    int size = pick(random, parts ? SIZES_IN_PARTS : SIZES);
    int frames = Math.max(1, (size + FRAME - 1) / FRAME);
    boolean often = parts || cell.point() == CrashPoint.PROVING;
    return new Chance(
        size,
        often ? 1 + random.nextInt(frames) : 1,
        pick(random, Points.after(cell.point())),
        pick(random, List.of(Interruption.values())),
        random.nextInt(4) == 0,
        random.nextLong());
  }

  private static <T> T pick(SplittableRandom random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
