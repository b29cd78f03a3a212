package io.movingdata.gateway.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.AccessHistory;
import io.movingdata.core.model.Decision;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MetadataEntry;
import io.movingdata.core.model.Replica;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file as clients see it. What nothing in this release measures or predicts is null. How fast a
 * file must be read comes from its user metadata, and so does how often, until it is measured.
 */
public final class FileView {
  private static final double KIB = 1024;
  private static final double GIB = 1024.0 * 1024 * 1024;

  private final NodeConfig config;

  public FileView(NodeConfig config) {
    this.config = config;
  }

  /** A file of whose use nothing is known. */
  public ObjectNode of(FileRecord file) {
    return of(file, null);
  }

  /** A file; {@code insight} null where nothing is known of its use. */
  public ObjectNode of(FileRecord file, FileInsight insight) {
    Optional<LocationConfig> here = config.location(file.primary());
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("id", file.id());
    view.put("version", file.version());
    view.put("size_kb", rounded(file.sizeBytes() / KIB, 1_000));
    view.put("size_bytes", file.sizeBytes());
    view.put("content_type", file.contentType());
    view.put("sha256", file.sha256());
    view.put("current_location", file.primary());
    view.put("current_tier", here.map(LocationConfig::tier).orElse(null));
    Decision decision = insight == null ? null : insight.decision();
    view.put("predicted_tier", decision == null ? null : decision.tier());
    view.put("prediction_confidence", decision == null ? null : (Double) decision.confidence());
    view.put("prediction_source", decision == null ? null : decision.source());
    view.put("storage_cost_per_gb", here.map(LocationConfig::storagePerGbMonth).orElse(null));
    view.put("estimated_monthly_cost", rounded(monthlyCost(file.replicas()), 1e8));
    AccessHistory history = insight == null ? null : insight.history();
    view.put(
        "access_freq_per_day",
        history == null
            ? declared(file, "access_freq_per_day")
            : (Double) rounded(history.perDay(Instant.now()), 1_000));
    view.put("latency_sla_ms", declared(file, "latency_sla_ms"));
    view.put("last_access_ts", time(history == null ? null : history.lastAt()));
    view.put("last_moved_at", time(file.lastMovedAt()));
    view.put("cloud_region", here.map(LocationConfig::cloudRegion).orElse(null));
    view.set("security_policy", Json.mapper().valueToTree(file.policy()));
    view.set("replicas", replicas(file.replicas()));
    view.put("sync_state", syncState(file.replicas()));
    view.putArray("active_alerts");
    ArrayNode triggers = view.putArray("policy_triggers");
    if (decision != null) {
      decision.reasons().forEach(triggers::add);
      view.set("decision", Json.mapper().valueToTree(decision));
    }
    if (insight != null && insight.windows() != null) {
      view.set("windows", Json.mapper().valueToTree(insight.windows()));
    }
    view.set("metadata", metadata(file.metadata()));
    view.put("pinned_until", time(file.pinnedUntil()));
    view.put("created_at", time(file.createdAt()));
    view.put("updated_at", time(file.updatedAt()));
    return view;
  }

  private static ArrayNode replicas(List<Replica> replicas) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Replica replica : replicas) {
      ObjectNode one = all.addObject();
      one.put("location", replica.location());
      one.put("key_id", replica.keyId());
      one.put("bytes", replica.bytes());
      one.put("etag", replica.etag());
      one.put("checksum", replica.checksum());
      one.set("state", Json.mapper().valueToTree(replica.state()));
      one.put("verified_at", time(replica.verifiedAt()));
      one.put("key", replica.key());
      one.put("format", replica.format().wire());
    }
    return all;
  }

  private static ObjectNode metadata(List<MetadataEntry> entries) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    entries.forEach(entry -> all.put(entry.key(), entry.value()));
    return all;
  }

  private static String syncState(List<Replica> replicas) {
    return replicas.stream().allMatch(Replica::verified) ? "in_sync" : "damaged";
  }

  private double monthlyCost(List<Replica> replicas) {
    return replicas.stream()
        .mapToDouble(
            r ->
                config.location(r.location()).map(LocationConfig::storagePerGbMonth).orElse(0.0)
                    * r.bytes()
                    / GIB)
        .sum();
  }

  private static Double declared(FileRecord file, String name) {
    return file.metadata().stream()
        .filter(entry -> entry.key().equals(name))
        .map(MetadataEntry::value)
        .filter(value -> value.matches("[0-9]{1,12}(\\.[0-9]{1,12})?"))
        .map(Double::valueOf)
        .findFirst()
        .orElse(null);
  }

  private static double rounded(double value, double steps) {
    return Math.round(value * steps) / steps;
  }

  private static String time(Instant at) {
    return at == null ? null : at.toString();
  }
}
