package io.movingdata.core.config;

import java.nio.file.Path;
import java.util.List;

/** Builds the typed tree from a checked one. */
final class NodeReader {
  private final ConfigTree tree;

  NodeReader(ConfigTree tree) {
    this.tree = tree;
  }

  NodeConfig read() {
    List<LocationConfig> locations =
        tree.locations().stream().map(id -> new LocationReader(tree, id).read()).toList();
    return new NodeConfig(
        tree.text(Settings.PROFILE),
        node(),
        http(),
        cluster(),
        new NodeConfig.Mongo(
            Secret.of(tree.text(Settings.MONGO_URL)),
            tree.text(Settings.MONGO_DATABASE),
            tree.on(Settings.MONGO_READ_ONLY)),
        new NodeConfig.Kafka(
            tree.text(Settings.KAFKA_BOOTSTRAP),
            tree.text(Settings.TOPIC_ACCESS),
            tree.text(Settings.TOPIC_MOVES)),
        locations,
        mover(),
        collector(),
        new NodeConfig.Access(
            tree.text(Settings.AUTH_MODE), path(tree.text(Settings.ACCESS_POLICY_FILE))),
        new NodeConfig.Alerts(
            tree.number(Settings.ALERT_COST),
            tree.number(Settings.ALERT_LATENCY),
            tree.number(Settings.ALERT_STREAM),
            tree.number(Settings.ALERT_CONFIDENCE),
            tree.number(Settings.ALERT_TEMPERATURE),
            Secret.of(tree.text(Settings.ALERT_WEBHOOK)),
            tree.on(Settings.ALERT_WEBHOOK_PRIVATE)),
        consistency(),
        replication(),
        new NodeConfig.Learning(
            tree.integer(Settings.MODEL_SAMPLE),
            tree.text(Settings.MODEL_TAKEOVER),
            tree.integer(Settings.MODEL_SHADOW_ANSWERS)));
  }

  private NodeConfig.Node node() {
    return new NodeConfig.Node(
        tree.text(Settings.NODE_ID),
        tree.texts(Settings.ROLES),
        path(tree.text(Settings.SEEDS_DIR)),
        path(tree.text(Settings.WEBROOT)),
        path(tree.text(Settings.PRICES_FILE)),
        path(tree.text(Settings.RULES_FILE)),
        tree.on(Settings.SYNTHETIC_LOAD));
  }

  private NodeConfig.Http http() {
    return new NodeConfig.Http(
        tree.text(Settings.HTTP_HOST),
        tree.integer(Settings.HTTP_PORT),
        tree.integer(Settings.MANAGEMENT_PORT),
        tree.integer(Settings.MAX_CONTROL_BODY),
        tree.whole(Settings.MAX_OBJECT_BYTES),
        tree.on(Settings.METRICS_ON_API));
  }

  private NodeConfig.Cluster cluster() {
    return new NodeConfig.Cluster(
        tree.on(Settings.CLUSTER_ENABLED),
        tree.text(Settings.CLUSTER_NAME),
        tree.text(Settings.CLUSTER_HOST),
        tree.integer(Settings.CLUSTER_PORT),
        tree.integer(Settings.BUS_PORT),
        tree.texts(Settings.CLUSTER_MEMBERS),
        tree.text(Settings.CLUSTER_K8S_SERVICE));
  }

  private NodeConfig.Mover mover() {
    return new NodeConfig.Mover(
        tree.integer(Settings.MOVER_PARALLELISM),
        tree.whole(Settings.MOVER_LEASE_MS),
        tree.whole(Settings.MOVER_POLL_MS),
        tree.integer(Settings.MOVER_MAX_ATTEMPTS),
        tree.whole(Settings.MOVER_RETRY_BASE_MS),
        tree.whole(Settings.MOVER_RETRY_CAP_MS),
        tree.integer(Settings.MOVER_ACTIVE_PER_JOB),
        tree.whole(Settings.MOVER_PIN_MS));
  }

  private NodeConfig.Collector collector() {
    return new NodeConfig.Collector(
        tree.whole(Settings.COLLECT_GRACE_MS),
        tree.whole(Settings.COLLECT_INTERVAL_MS),
        tree.whole(Settings.COLLECT_STALE_MS),
        tree.text(Settings.COLLECT_VERIFY).equals("deep"),
        tree.whole(Settings.COLLECT_TOMBSTONE_MS));
  }

  private NodeConfig.Consistency consistency() {
    return new NodeConfig.Consistency(
        tree.whole(Settings.CONSISTENCY_POLL_MS),
        tree.whole(Settings.CONSISTENCY_LIGHT_MS),
        tree.whole(Settings.CONSISTENCY_DEEP_MS),
        tree.whole(Settings.CONSISTENCY_BYTES),
        tree.number(Settings.CONSISTENCY_BREAKER),
        tree.text(Settings.CONSISTENCY_REPAIR).equals("auto"),
        tree.integer(Settings.CONSISTENCY_ATTEMPTS),
        tree.integer(Settings.CONSISTENCY_WINDOW),
        tree.whole(Settings.CONSISTENCY_ORPHAN_GRACE_MS),
        tree.text(Settings.CONSISTENCY_ORPHANS).equals("delete"),
        new NodeConfig.Backup(
            tree.whole(Settings.BACKUP_INTERVAL_MS),
            tree.integer(Settings.BACKUP_KEEP),
            tree.integer(Settings.BACKUP_COPIES)));
  }

  private NodeConfig.Replication replication() {
    return new NodeConfig.Replication(
        path(tree.text(Settings.REPLICATION_FILE)),
        tree.whole(Settings.REPLICATION_SWEEP_MS),
        tree.integer(Settings.REPLICATION_IN_FLIGHT),
        tree.value(Settings.MIRROR_ENDPOINTS).map(MirrorList::read).orElse(List.of()),
        tree.on(Settings.MIRROR_ALLOW_PRIVATE),
        tree.whole(Settings.MIRROR_SWEEP_MS),
        tree.whole(Settings.MIRROR_COMPARE_MS));
  }

  private static Path path(String text) {
    return text == null ? null : Path.of(text).toAbsolutePath().normalize();
  }
}
