package io.movingdata.gateway.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.contract.CatalogApi.CatalogStatus;
import io.movingdata.core.contract.SimulatorApi.Load;
import io.movingdata.core.contract.TelemetryApi.PartitionLag;
import io.movingdata.core.contract.TelemetryApi.StreamTick;
import io.movingdata.core.json.Json;
import java.util.List;
import java.util.Map;

/** Health as clients see it. */
final class HealthView {
  private HealthView() {}

  static ObjectNode of(HealthBoard board, long uptimeS, String version, long nanos) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("status", board.status());
    view.put("version", version);
    view.put("uptime_s", uptimeS);
    CatalogStatus catalog = board.catalog();
    view.putObject("mongo")
        .put("connected", catalog.connected())
        .put("latency_ms", catalog.latencyMs() < 0 ? null : (Long) catalog.latencyMs())
        .put("schema_version", catalog.schemaVersion())
        .put("detail", catalog.detail());
    view.set("kafka", kafka(board.streams()));
    ObjectNode storage = view.putObject("storage");
    for (Map.Entry<String, Reach> location : board.locations().entrySet()) {
      storage.set(location.getKey(), of(location.getValue()));
    }
    view.set("simulator", simulator(board.load()));
    ArrayNode alerts = view.putArray("alerts");
    board.alerts().forEach(alert -> alerts.add(Json.mapper().<ObjectNode>valueToTree(alert)));
    ArrayNode nodes = view.putArray("nodes");
    board.nodes(nanos).forEach(tick -> nodes.add(Json.mapper().<ObjectNode>valueToTree(tick)));
    return view;
  }

  private static ObjectNode simulator(Load load) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("enabled", load != null && load.enabled())
        .put("events", load == null ? 0 : load.events())
        .put("moves", load == null ? 0 : load.moves())
        .put("detail", load == null ? "no node runs the simulator" : null);
  }

  private static ObjectNode kafka(List<StreamTick> ticks) {
    boolean connected = ticks.stream().anyMatch(StreamTick::producerReady);
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("connected", connected);
    view.put("producer_ready", connected);
    view.put("consumer_ready", ticks.stream().anyMatch(StreamTick::consumerReady));
    view.put(
        "consumer_lag",
        ticks.stream()
            .flatMap(tick -> tick.partitions().stream())
            .mapToLong(PartitionLag::lag)
            .sum());
    String detail = ticks.isEmpty() ? "no node runs telemetry" : "the event broker does not answer";
    view.put("detail", connected ? null : detail);
    return view;
  }

  static ObjectNode of(Reach reach) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("reachable", reach.reachable())
        .put("latency_ms", reach.latencyMs() < 0 ? null : (Long) reach.latencyMs())
        .put("detail", reach.detail());
  }

  /** What changes a client's picture: everything but times. */
  static String essence(HealthBoard board, long nanos) {
    StringBuilder essence = new StringBuilder(board.status());
    essence.append(board.catalog().connected());
    board.locations().forEach((id, reach) -> essence.append(id).append(reach.reachable()));
    board.nodes(nanos).forEach(tick -> essence.append(tick.nodeId()).append(tick.roles()));
    board
        .streams()
        .forEach(tick -> essence.append(tick.producerReady()).append(tick.consumerReady()));
    essence.append(board.load() != null && board.load().enabled());
    board.alerts().forEach(alert -> essence.append(alert.id()).append(alert.state()));
    return essence.toString();
  }

  static ObjectNode readiness(HealthBoard board) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("ready", board.ready());
    ArrayNode missing = view.putArray("missing");
    if (!board.catalog().connected()) {
      missing.add("catalog");
    }
    board
        .locations()
        .forEach(
            (id, reach) -> {
              if (!reach.reachable()) {
                missing.add("location " + id);
              }
            });
    return view;
  }
}
