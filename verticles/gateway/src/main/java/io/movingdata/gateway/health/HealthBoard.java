package io.movingdata.gateway.health;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi.CatalogStatus;
import io.movingdata.core.contract.Events.NodeTick;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was last heard of catalog, locations and nodes. Belongs to one event loop. */
final class HealthBoard {
  private static final long NODE_FRESH_NANOS = 10_000_000_000L;

  private record Seen(NodeTick tick, long nanos) {}

  private final Map<String, Reach> locations = new LinkedHashMap<>();
  private final Map<String, Seen> nodes = new TreeMap<>();
  private CatalogStatus catalog = new CatalogStatus(false, -1, 0, "not asked yet");

  HealthBoard(List<LocationConfig> configured) {
    configured.forEach(location -> locations.put(location.id(), Reach.UNKNOWN));
  }

  void location(String id, Reach reach) {
    locations.put(id, reach);
  }

  void catalog(CatalogStatus status) {
    catalog = status;
  }

  void node(NodeTick tick, long nanos) {
    nodes.put(tick.nodeId(), new Seen(tick, nanos));
    nodes.values().removeIf(seen -> nanos - seen.nanos() > NODE_FRESH_NANOS);
  }

  CatalogStatus catalog() {
    return catalog;
  }

  Reach location(String id) {
    return locations.getOrDefault(id, Reach.UNKNOWN);
  }

  Map<String, Reach> locations() {
    return new LinkedHashMap<>(locations);
  }

  /** Nodes that were heard of lately. */
  List<NodeTick> nodes(long nanos) {
    return nodes.values().stream()
        .filter(seen -> nanos - seen.nanos() <= NODE_FRESH_NANOS)
        .map(Seen::tick)
        .toList();
  }

  /** {@code down} without the catalog, {@code degraded} where a location is away, else ok. */
  String status() {
    if (!catalog.connected()) {
      return "down";
    }
    return locations.values().stream().allMatch(Reach::reachable) ? "ok" : "degraded";
  }

  /** Whether requests can be served: the catalog answers, and at least one location. */
  boolean ready() {
    return catalog.connected() && locations.values().stream().anyMatch(Reach::reachable);
  }
}
