package io.movingdata.consistency.backup;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.Provider;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Chooses where a backup goes: to as many providers as possible, in configured order. */
final class Targets {
  /** Copies without which a backup is not complete, where there are as many locations. */
  private static final int LEAST = 2;

  private Targets() {}

  /** At most {@code count} locations; one of each provider before a second of any. */
  static List<LocationConfig> of(List<LocationConfig> locations, int count) {
    List<LocationConfig> chosen = new ArrayList<>();
    List<LocationConfig> left = new ArrayList<>(locations);
    while (chosen.size() < count && !left.isEmpty()) {
      Set<Provider> round = EnumSet.noneOf(Provider.class);
      for (LocationConfig location : List.copyOf(left)) {
        if (chosen.size() < count && round.add(location.provider())) {
          chosen.add(location);
          left.remove(location);
        }
      }
    }
    return chosen;
  }

  /** How many verified copies a backup needs that goes to so many locations. */
  static int needed(int targets) {
    return Math.min(LEAST, targets);
  }
}
