package io.movingdata.mover.simulate;

import io.movingdata.mover.simulate.Step.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides what goes wrong: as the weather has it, or as a list of steps says; and takes notes. */
final class Faults {
  private static final int MOST_CRASHES = 4;
  private static final int MOST_FREEZES = 3;

  private final Chance chance;
  private final Weather weather;
  private final Map<Point, Effect> given;
  private final List<Fault> happened = new ArrayList<>();
  private int crashes;
  private int freezes;
  private boolean over;

  private Faults(Chance chance, Weather weather, Map<Point, Effect> given) {
    this.chance = chance;
    this.weather = weather;
    this.given = given;
  }

  static Faults drawn(Chance chance, Weather weather) {
    return new Faults(chance, weather, null);
  }

  static Faults given(List<Fault> faults) {
    Map<Point, Effect> given = new HashMap<>();
    faults.forEach(fault -> given.put(fault.point(), fault.effect()));
    return new Faults(null, null, given);
  }

  /** From now on nothing goes wrong any more. */
  void end() {
    over = true;
  }

  boolean over() {
    return over;
  }

  Effect at(Point point) {
    if (over) {
      return Effect.NONE;
    }
    if (given != null) {
      return given.getOrDefault(point, Effect.NONE);
    }
    Effect effect = weather.draw(point, chance);
    boolean tooMany =
        (effect == Effect.CRASH && crashes++ >= MOST_CRASHES)
            || (effect == Effect.FREEZE && freezes++ >= MOST_FREEZES);
    if (effect == Effect.NONE || tooMany) {
      return Effect.NONE;
    }
    happened.add(new Fault(point, effect));
    return effect;
  }

  /** What went wrong so far. */
  List<Fault> happened() {
    return happened;
  }
}
