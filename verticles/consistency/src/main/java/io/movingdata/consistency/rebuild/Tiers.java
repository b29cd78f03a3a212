package io.movingdata.consistency.rebuild;

import io.movingdata.core.config.LocationConfig;
import java.util.Comparator;
import java.util.List;

/** The order of locations by how hot their tier is; among equals the configured one. */
public final class Tiers {
  private static final List<String> KNOWN = List.of("hot", "warm", "cold");

  private Tiers() {}

  /** Ids of locations, the hottest first; tiers of other names come last. */
  public static List<String> hottestFirst(List<LocationConfig> locations) {
    return locations.stream()
        .sorted(Comparator.comparingInt(location -> rank(location.tier())))
        .map(LocationConfig::id)
        .toList();
  }

  private static int rank(String tier) {
    int rank = KNOWN.indexOf(tier);
    return rank < 0 ? KNOWN.size() : rank;
  }
}
