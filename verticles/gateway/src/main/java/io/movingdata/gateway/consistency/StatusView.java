package io.movingdata.gateway.consistency;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.ConsistencyApi.LocationStatus;
import io.movingdata.core.contract.ConsistencyApi.Status;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.MirrorApi;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The body of {@code /consistency/status}. */
final class StatusView {
  private StatusView() {}

  static ObjectNode of(
      Status status, CatalogApi.Usage usage, List<Finding> items, MirrorApi.Status mirrors) {
    long replicas = status.locations().stream().mapToLong(LocationStatus::copies).sum();
    long bad = status.locations().stream().mapToLong(LocationStatus::bad).sum();
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("status", word(status, bad));
    view.put("replicas", replicas);
    view.put("total", usage.files());
    view.put("in_sync", Math.max(0, replicas - bad));
    view.put("pending", pending(status));
    view.put("conflicts", status.findings().in(FindingState.CONFLICT));
    view.put("unrepairable", status.findings().in(FindingState.UNREPAIRABLE, FindingState.STUCK));
    view.put("repairs", status.repairs());
    view.set("last_verified", Json.mapper().valueToTree(lastVerified(status)));
    view.set("last_repair", Json.mapper().valueToTree(status.lastRepairAt()));
    view.set("last_light_at", Json.mapper().valueToTree(status.lastLightAt()));
    view.set("last_deep_at", Json.mapper().valueToTree(status.lastDeepAt()));
    view.set("locations", Json.mapper().valueToTree(status.locations()));
    view.set("passes", Json.mapper().valueToTree(status.passes()));
    view.set("findings", Json.mapper().valueToTree(status.findings().counts()));
    view.set("items", Json.mapper().valueToTree(items));
    view.set("endpoints", Json.mapper().valueToTree(mirrors.endpoints()));
    return view;
  }

  /** What is not known is never called in sync. */
  private static String word(Status status, long bad) {
    if (bad > 0 || status.findings().in(FindingState.CONFLICT, FindingState.STUCK) > 0) {
      return "drift";
    }
    List<String> states = status.locations().stream().map(LocationStatus::state).toList();
    if (states.contains("breaker")) {
      return "drift";
    }
    if (states.contains("unreachable")) {
      return "unreachable";
    }
    return states.contains("unverified") ? "unverified" : "in_sync";
  }

  /** A mirror that differs is no copy of ours: it is counted with its endpoint. */
  private static long pending(Status status) {
    return status.findings().counts().stream()
        .filter(c -> c.state() == FindingState.OPEN && c.kind() != FindingKind.MIRROR_DIFFERS)
        .mapToLong(FindingApi.FindingCount::count)
        .sum();
  }

  private static Instant lastVerified(Status status) {
    return Stream.of(status.lastLightAt(), status.lastDeepAt())
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .orElse(null);
  }
}
