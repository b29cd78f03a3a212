package io.movingdata.bench.tiering;

import java.util.List;

/** What is done without learning. */
final class SimplePolicies {
  private SimplePolicies() {}

  private record Named(String name, java.util.function.ToIntFunction<Standing> rule)
      implements Policy {
    @Override
    public int next(Standing object, int day) {
      return rule.applyAsInt(object);
    }
  }

  static List<Policy> all(Prices prices) {
    return List.of(
        new Named("always hot", object -> 0),
        new Named("idle 30/90 days", SimplePolicies::idle),
        new Named("break-even TTL", object -> breakEven(object, prices)),
        new Named("static rules", SimplePolicies::fixed));
  }

  /** Colder after 30 and 90 days without a read, hot again at the next. */
  private static int idle(Standing object) {
    if (object.readToday) {
      return 0;
    }
    return object.idle >= 90 ? 2 : Math.max(object.tier, object.idle >= 30 ? 1 : 0);
  }

  /** Colder once staying has cost as much as going and coming back, hot again at the next read. */
  private static int breakEven(Standing object, Prices prices) {
    if (object.readToday) {
      return 0;
    }
    long bytes = object.object.bytes();
    int best = object.tier;
    for (int to = object.tier + 1; to < prices.count(); to++) {
      double saved = object.idle * (prices.day(bytes, 0, object.tier) - prices.day(bytes, 0, to));
      double there = prices.move(bytes, object.tier, to, object.daysThere);
      double back = prices.move(bytes, to, 0, 1_000);
      best = saved >= there + back ? to : best;
    }
    return best;
  }

  /** Thresholds of use alone. */
  private static int fixed(Standing object) {
    if (object.perDay() >= 1) {
      return 0;
    }
    return object.perDay() < 0.1 && object.idle >= 14 ? 2 : 1;
  }
}
