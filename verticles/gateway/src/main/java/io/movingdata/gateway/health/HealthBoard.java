package io.movingdata.gateway.health;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi.CatalogStatus;
import io.movingdata.core.contract.Events.NodeTick;
import io.movingdata.core.contract.SimulatorApi.Load;
import io.movingdata.core.contract.TelemetryApi.StreamTick;
import io.movingdata.core.model.Alert;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was last heard of catalog, locations and nodes. Belongs to one event loop. */
final class HealthBoard {
  private static final long NODE_FRESH_NANOS = 10_000_000_000L;

  private record Seen(NodeTick tick, long nanos) {}

  private record Streamed(StreamTick tick, long nanos) {}

  private final Map<String, Reach> locations = new LinkedHashMap<>();
  private final Map<String, Seen> nodes = new TreeMap<>();
  private final Map<String, Streamed> streams = new TreeMap<>();
  private List<Alert> alerts = List.of();
  private Load load;
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

  void load(Load now) {
    load = now;
  }

  /** The synthetic load, null where no node runs the simulator. */
  Load load() {
    return load;
  }

  void alerts(List<Alert> found) {
    alerts = List.copyOf(found);
  }

  /** Alerts that are not resolved. */
  List<Alert> alerts() {
    return alerts;
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

  void stream(StreamTick tick, long nanos) {
    streams.put(tick.nodeId(), new Streamed(tick, nanos));
    streams.values().removeIf(seen -> nanos - seen.nanos() > NODE_FRESH_NANOS);
  }

  /** What telemetry nodes have told lately; empty where none runs. */
  List<StreamTick> streams() {
    return streams.values().stream().map(Streamed::tick).toList();
  }

  /** Whether a node knows the event broker to be away. */
  private boolean brokerAway() {
    return !streams.isEmpty()
        && streams.values().stream().noneMatch(seen -> seen.tick().producerReady());
  }

  /** Nodes that were heard of lately. */
  List<NodeTick> nodes(long nanos) {
    return nodes.values().stream()
        .filter(seen -> nanos - seen.nanos() <= NODE_FRESH_NANOS)
        .map(Seen::tick)
        .toList();
  }

  /**
   * {@code down} without the catalog, {@code degraded} where a location or the broker is away, else
   * ok.
   */
  String status() {
    if (!catalog.connected()) {
      return "down";
    }
    boolean all = locations.values().stream().allMatch(Reach::reachable);
    return all && !brokerAway() ? "ok" : "degraded";
  }

  /** Whether requests can be served: the catalog answers, and at least one location. */
  boolean ready() {
    return catalog.connected() && locations.values().stream().anyMatch(Reach::reachable);
  }
}
