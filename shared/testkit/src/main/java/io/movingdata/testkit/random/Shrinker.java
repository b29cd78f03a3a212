package io.movingdata.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a list of steps that fails shorter, as long as it still fails. */
public final class Shrinker {
  private Shrinker() {}

  /**
   * Leaves out runs of steps, long ones first, until none can be left out any more.
   *
   * @param fails whether a list fails in the same way
   */
  public static <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails) {
    List<T> best = failing;
    int before;
    do {
      before = best.size();
      for (int run = Integer.highestOneBit(Math.max(1, before)); run > 0; run /= 2) {
        best = pass(best, run, fails);
      }
    } while (best.size() < before);
    return best;
  }

  private static <T> List<T> pass(List<T> steps, int run, Predicate<List<T>> fails) {
    List<T> best = steps;
    int from = 0;
    while (from < best.size()) {
      List<T> without = new ArrayList<>(best.subList(0, from));
      without.addAll(best.subList(Math.min(best.size(), from + run), best.size()));
      if (fails.test(without)) {
        best = without;
      } else {
        from += run;
      }
    }
    return best;
  }
}
