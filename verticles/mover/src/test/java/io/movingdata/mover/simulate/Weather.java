package io.movingdata.mover.simulate;

import java.util.List;

/**
 * How often what goes wrong.
 *
 * @param crash share of points at which a process dies
 * @param freeze share of points at which one stands still
 * @param messages share of messages that are lost, late or doubled
 * @param store share of the catalog's steps that the store fails
 * @param providers share of requests that a provider fails or lies about
 * @param skewMs how far the nodes' clocks are apart at most
 * @param forgetful whether tombstones are forgotten within a history
 * @param deep whether the collector reads copies back
 */
record Weather(
    double crash,
    double freeze,
    double messages,
    double store,
    double providers,
    long skewMs,
    boolean forgetful,
    boolean deep) {
  private static final List<Effect> ON_THE_WAY = List.of(Effect.LOSE, Effect.LATE, Effect.DOUBLE);
  private static final List<Effect> ANSWERS = List.of(Effect.LOSE, Effect.LATE);
  private static final List<Effect> STORE = List.of(Effect.STORE_DOWN, Effect.STORE_UNKNOWN);
  private static final List<Effect> PROVIDER =
      List.of(
          Effect.BUSY,
          Effect.DOWN,
          Effect.REJECTED,
          Effect.LOSE,
          Effect.ANSWER_LOST,
          Effect.LATE,
          Effect.DOUBLE,
          Effect.NOT_FOUND,
          Effect.CORRUPT,
          Effect.WRONG_ANSWER,
          Effect.KEPT,
          Effect.NO_KEY);

  /** The weather of a history. */
  static Weather of(Chance chance) {
    int kind = (int) chance.between("weather", 0, 0, 7);
    boolean all = kind == 0;
    long skew = chance.between("skewed", 0, 0, 4) == 0 ? 4_000 : 0;
    return new Weather(
        all || kind == 1 ? 0.006 : 0.0005,
        all || kind == 2 ? 0.004 : 0.0003,
        all || kind == 3 ? 0.04 : 0.002,
        all || kind == 4 ? 0.03 : 0.001,
        all || kind == 5 ? 0.08 : 0.003,
        skew,
        chance.between("forgetful", 0, 0, 4) == 0,
        chance.between("deep", 0, 0, 4) != 0);
  }

  /** What happens at a point. */
  Effect draw(Point point, Chance chance) {
    double share = chance.share("effect", point.number());
    if (share < crash) {
      return Effect.CRASH;
    }
    if (share < crash + freeze) {
      return Effect.FREEZE;
    }
    double rest = share - crash - freeze;
    return switch (point.place()) {
      case SEND -> rest < messages ? one(ON_THE_WAY, point, chance) : Effect.NONE;
      case STEP -> rest < store ? one(STORE, point, chance) : Effect.NONE;
      case ANSWER -> rest < messages ? one(ANSWERS, point, chance) : Effect.NONE;
      case ASK_PROVIDER -> rest < providers ? one(PROVIDER, point, chance) : Effect.NONE;
    };
  }

  private static Effect one(List<Effect> effects, Point point, Chance chance) {
    return effects.get((int) chance.between("which", point.number(), 0, effects.size()));
  }
}
