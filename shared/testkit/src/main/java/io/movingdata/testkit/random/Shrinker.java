package io.movingdata.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a list of steps that fails shorter, as long as it still fails. */
public final class Shrinker {
  private Shrinker() {}

  /**
   * Leaves out runs of steps, long ones first, until no single step can be left out.
   *
   * @param fails whether a list fails in the same way; it is never asked about the whole list
   */
  public static <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails) {
    List<T> best = failing;
    int run = Math.max(1, best.size() / 2);
    while (true) {
      List<T> shorter = pass(best, run, fails);
      boolean shrunk = shorter.size() < best.size();
      best = shorter;
      if (run == 1 && !shrunk) {
        return best;
      }
      run = Math.max(1, Math.min(run / 2, best.size() / 2));
    }
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
