package io.movingdata.gateway.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.contract.CatalogApi.CatalogStatus;
import io.movingdata.core.json.Json;
import java.util.Map;

/** Health as clients see it. */
final class HealthView {
  private static final String LATER = "not part of this release";

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
    view.putObject("kafka").put("connected", false).put("detail", LATER);
    ObjectNode storage = view.putObject("storage");
    for (Map.Entry<String, Reach> location : board.locations().entrySet()) {
      storage.set(location.getKey(), of(location.getValue()));
    }
    view.putObject("simulator")
        .put("enabled", false)
        .put("events", 0)
        .put("moves", 0)
        .put("detail", LATER);
    view.putArray("alerts");
    ArrayNode nodes = view.putArray("nodes");
    board.nodes(nanos).forEach(tick -> nodes.add(Json.mapper().<ObjectNode>valueToTree(tick)));
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
