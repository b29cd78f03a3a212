package io.movingdata.bench.tiering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a policy costs on a trace, and what the cheapest would have cost. */
final class Replay {
  private static final int COLD_DAYS = 91;

  /** What came of it: {@code coldReads} are reads at the coldest tier. */
  record Outcome(double cost, long moves, long coldReads) {}

  private Replay() {}

  /** A policy day by day; every object begins on the first tier. */
  static Outcome run(Trace trace, Policy policy, Prices prices) {
    List<Standing> all = new ArrayList<>();
    trace.objects().forEach(object -> all.add(new Standing(object)));
    double cost = 0;
    long moves = 0;
    long coldReads = 0;
    for (int day = 0; day < trace.days(); day++) {
      for (Standing one : all) {
        if (one.object.born() > day) {
          continue;
        }
        int reads = one.object.reads()[day];
        cost += prices.day(one.object.bytes(), reads, one.tier);
        coldReads += one.tier == prices.count() - 1 ? reads : 0;
        one.pass(reads);
        int next = day + 1 < trace.days() ? policy.next(one, day + 1) : one.tier;
        if (next != one.tier) {
          cost += prices.move(one.object.bytes(), one.tier, next, one.daysThere);
          moves++;
          one.tier = next;
          one.daysThere = 0;
        }
      }
      policy.dayOver(trace, day + 1);
    }
    return new Outcome(cost, moves, coldReads);
  }

  /** The least that any policy could have paid: a dynamic programme for each object. */
  static double optimum(Trace trace, Prices prices) {
    return trace.objects().stream()
        .mapToDouble(object -> optimum(object, trace.days(), prices))
        .sum();
  }

  /** States: each tier by the days spent there, as far as early deletion asks for them. */
  private static double optimum(Trace.Subject object, int days, Prices prices) {
    int tiers = prices.count();
    double[][] best = new double[tiers][COLD_DAYS + 1];
    for (double[] row : best) {
      Arrays.fill(row, Double.POSITIVE_INFINITY);
    }
    best[0][0] = 0;
    for (int day = object.born(); day < days; day++) {
      double[][] next = new double[tiers][COLD_DAYS + 1];
      for (double[] row : next) {
        Arrays.fill(row, Double.POSITIVE_INFINITY);
      }
      boolean more = day + 1 < days;
      for (int tier = 0; tier < tiers; tier++) {
        double today = prices.day(object.bytes(), object.reads()[day], tier);
        for (int there = 0; there <= COLD_DAYS; there++) {
          double soFar = best[tier][there] + today;
          if (soFar == Double.POSITIVE_INFINITY) {
            continue;
          }
          int stayed = Math.min(COLD_DAYS, there + 1);
          next[tier][stayed] = Math.min(next[tier][stayed], soFar);
          for (int to = 0; more && to < tiers; to++) {
            if (to != tier) {
              double moved = soFar + prices.move(object.bytes(), tier, to, stayed);
              next[to][0] = Math.min(next[to][0], moved);
            }
          }
        }
      }
      best = next;
    }
    double least = Double.POSITIVE_INFINITY;
    for (double[] row : best) {
      least = Math.min(least, Arrays.stream(row).min().orElse(least));
    }
    return least;
  }
}
