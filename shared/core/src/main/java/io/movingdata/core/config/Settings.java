package io.movingdata.core.config;

import static io.movingdata.core.config.Setting.setting;
import static io.movingdata.core.config.ValueTypes.choice;
import static io.movingdata.core.config.ValueTypes.integer;
import static io.movingdata.core.config.ValueTypes.list;
import static io.movingdata.core.config.ValueTypes.number;
import static io.movingdata.core.config.ValueTypes.onOff;
import static io.movingdata.core.config.ValueTypes.path;
import static io.movingdata.core.config.ValueTypes.text;

import io.movingdata.core.security.FrameLayout;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that a node can be told beside its locations. This table and {@link LocationSettings}
 * are the only lists of variables: loading, checking, printing and the documentation read them.
 */
final class Settings {
  private static final long DAY_MS = 86_400_000;
  private static final long YEAR_MS = 366 * DAY_MS;

  private static final String HOST = "[A-Za-z0-9][A-Za-z0-9.-]*|[0-9a-fA-F:]*:[0-9a-fA-F:.]*";
  private static final String HOST_PORT = "[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?";
  private static final String TOPIC = "[A-Za-z0-9._-]{1,249}";

  static final Setting PROFILE =
      setting(
          "profile",
          "PROFILE",
          choice("production", "local"),
          "`local` adds `conf/local.json`: loopback addresses, demo keys, open mode");
  static final Setting NODE_ID =
      setting(
              "node.id",
              "NODE_ID",
              text(
                  "1 to 63 letters, digits, dots, dashes or underscores",
                  "[A-Za-z0-9][A-Za-z0-9._-]{0,62}"),
              "Name of this node, unique in the cluster; made from the host's name where absent")
          .optional();
  static final Setting ROLES =
      setting(
          "node.roles",
          "NODE_ROLES",
          list("names of roles, or all", 1, "[a-z0-9-]{1,40}"),
          "Roles that run here, separated by commas");
  static final Setting SEEDS_DIR =
      setting(
          "node.seeds_dir",
          "SEEDS_DIR",
          path("a folder"),
          "Folder of the files that `POST /seed` stores");
  static final Setting WEBROOT =
      setting("node.webroot", "WEBROOT", path("a folder"), "Folder of the dashboard's files");
  static final Setting PRICES_FILE =
      setting(
          "node.prices_file",
          "PRICES_FILE",
          path("a JSON file"),
          "List prices of the providers by storage class");
  static final Setting RULES_FILE =
      setting(
          "node.rules_file",
          "RULES_FILE",
          path("a JSON file"),
          "Tiering rules that are in force until others are put in their place");
  static final Setting SYNTHETIC_LOAD =
      setting(
          "node.synthetic_load",
          "ENABLE_SYNTHETIC_LOAD",
          onOff(),
          "Whether the simulator starts switched on");

  static final Setting HTTP_HOST =
      setting(
          "http.host",
          "HTTP_HOST",
          text("a host name or address", HOST),
          "Address on which the API listens");
  static final Setting HTTP_PORT =
      setting("http.port", "HTTP_PORT", integer(0, 65_535), "Port of the API; 0 for any free one");
  static final Setting MANAGEMENT_PORT =
      setting(
          "http.management_port",
          "MANAGEMENT_PORT",
          integer(-1, 65_535),
          "Port of metrics and health on their own; -1 for none, 0 for any free one");
  static final Setting METRICS_ON_API =
      setting(
          "http.metrics_on_api",
          "METRICS_ON_API",
          onOff(),
          "Whether `/metrics` answers on the API port too");
  static final Setting MAX_CONTROL_BODY =
      setting(
          "http.max_control_body",
          "MAX_CONTROL_BYTES",
          integer(1_024, 268_435_456),
          "Largest JSON body, bytes");
  static final Setting MAX_OBJECT_BYTES =
      setting(
          "http.max_object_bytes",
          "MAX_OBJECT_BYTES",
          integer(1, FrameLayout.MAX_CONTENT),
          "Largest upload, bytes");

  static final Setting CLUSTER_ENABLED =
      setting("cluster.enabled", "CLUSTER_ENABLED", onOff(), "Whether this node joins others");
  static final Setting CLUSTER_NAME =
      setting(
          "cluster.name",
          "CLUSTER_NAME",
          text("1 to 64 letters, digits, dots, dashes or underscores", "[A-Za-z0-9._-]{1,64}"),
          "Nodes of another name are refused");
  static final Setting CLUSTER_HOST =
      setting(
          "cluster.host",
          "CLUSTER_HOST",
          text("an address of this machine that the other nodes reach", HOST),
          "Address for the other nodes: membership and bus");
  static final Setting CLUSTER_PORT =
      setting(
          "cluster.port",
          "CLUSTER_PORT",
          integer(0, 65_535),
          "Membership port; 0 for any free one from 5701");
  static final Setting BUS_PORT =
      setting(
          "cluster.bus_port", "BUS_PORT", integer(0, 65_535), "Event bus port; 0 for any free one");
  static final Setting CLUSTER_MEMBERS =
      setting(
          "cluster.members",
          "CLUSTER_MEMBERS",
          list("host:port of some nodes", 0, HOST_PORT),
          "`host:port` of other nodes; those of this host where empty");
  static final Setting CLUSTER_K8S_SERVICE =
      setting(
              "cluster.kubernetes_service",
              "CLUSTER_K8S_SERVICE",
              text("the DNS name of a headless service", "[a-z0-9][a-z0-9.-]*"),
              "Headless Kubernetes service whose pods are the members")
          .optional();

  static final Setting MONGO_URL =
      setting(
              "mongo.url",
              "MONGO_URL",
              SpecialTypes.mongoUrl(),
              "Metadata store; may hold a password, so it is hidden")
          .hidden();
  static final Setting MONGO_DATABASE =
      setting(
          "mongo.database",
          "MONGO_DATABASE",
          text("a database name", "[A-Za-z0-9_-]{1,63}"),
          "Database in it");
  static final Setting MONGO_READ_ONLY =
      setting(
          "mongo.read_only",
          "MONGO_READ_ONLY",
          onOff(),
          "Whether nothing is written to it, no index either: for an auditor");

  static final Setting KAFKA_BOOTSTRAP =
      setting(
          "kafka.bootstrap",
          "KAFKA_BOOTSTRAP",
          text(
              "host:port, several separated by commas",
              "[A-Za-z0-9.-]+:[0-9]{1,5}(,[A-Za-z0-9.-]+:[0-9]{1,5})*"),
          "Event brokers");
  static final Setting TOPIC_ACCESS =
      setting(
          "kafka.topic_access",
          "TOPIC_ACCESS",
          text("a topic name", TOPIC),
          "Topic of access events");
  static final Setting TOPIC_MOVES =
      setting(
          "kafka.topic_moves",
          "TOPIC_MOVES",
          text("a topic name", TOPIC),
          "Topic of finished moves");

  static final Setting MOVER_PARALLELISM =
      setting(
          "mover.parallelism",
          "MOVER_PARALLELISM",
          integer(1, 256),
          "Moves at the same time on one node");
  static final Setting MOVER_LEASE_MS =
      setting(
          "mover.lease_ms",
          "MOVER_LEASE_MS",
          integer(500, 600_000),
          "How long a node's claim on a move or on garbage holds without renewal, ms");
  static final Setting MOVER_POLL_MS =
      setting(
          "mover.poll_ms",
          "MOVER_POLL_MS",
          integer(50, 600_000),
          "How often work is looked for that no hint announced, ms");
  static final Setting MOVER_MAX_ATTEMPTS =
      setting(
          "mover.max_attempts",
          "MOVER_MAX_ATTEMPTS",
          integer(1, 1_000),
          "Failed tries before a move is stuck");
  static final Setting MOVER_RETRY_BASE_MS =
      setting(
          "mover.retry_base_ms",
          "MOVER_RETRY_BASE_MS",
          integer(1, DAY_MS),
          "First wait after a failed try, ms");
  static final Setting MOVER_RETRY_CAP_MS =
      setting(
          "mover.retry_cap_ms",
          "MOVER_RETRY_CAP_MS",
          integer(1, DAY_MS),
          "Longest wait after a failed try, ms");
  static final Setting MOVER_ACTIVE_PER_JOB =
      setting(
          "mover.active_per_job",
          "MOVER_ACTIVE_PER_JOB",
          integer(1, 10_000),
          "Moves of one bulk job that are active at the same time");
  static final Setting MOVER_PIN_MS =
      setting(
          "mover.pin_ms",
          "MOVER_PIN_MS",
          integer(0, YEAR_MS),
          "How long a file moved by hand is pinned, ms");

  static final Setting COLLECT_GRACE_MS =
      setting(
          "collector.grace_ms",
          "COLLECT_GRACE_MS",
          integer(0, YEAR_MS),
          "How long an old copy is kept, ms");
  static final Setting COLLECT_INTERVAL_MS =
      setting(
          "collector.interval_ms",
          "COLLECT_INTERVAL_MS",
          integer(50, DAY_MS),
          "How often the collector looks, ms");
  static final Setting COLLECT_STALE_MS =
      setting(
          "collector.stale_ms",
          "COLLECT_STALE_MS",
          integer(100, YEAR_MS),
          "After how long without progress a copy under way is abandoned, ms");
  static final Setting COLLECT_VERIFY =
      setting(
          "collector.verify",
          "COLLECT_VERIFY",
          choice("deep", "light"),
          "`deep` reads the remaining copy back before the last other is deleted; `light` trusts"
              + " the provider's checksum");
  static final Setting COLLECT_TOMBSTONE_MS =
      setting(
          "collector.tombstone_ms",
          "COLLECT_TOMBSTONE_MS",
          integer(0, YEAR_MS),
          "How long a deleted file's version is remembered, ms");

  static final Setting AUTH_MODE =
      setting(
          "access.mode",
          "AUTH_MODE",
          choice("open", "required"),
          "`open` takes the caller's roles from the request (local profile only); `required`"
              + " accepts authenticated callers only");
  static final Setting ACCESS_POLICY_FILE =
      setting(
              "access.policy_file",
              "ACCESS_POLICY_FILE",
              path("a JSON file"),
              "Roles per location in a file that is watched")
          .optional();

  static final Setting ALERT_COST =
      setting(
          "alerts.cost_threshold",
          "ALERT_COST_THRESHOLD",
          number(0, 1_000_000),
          "Storage cost that raises an alert, USD/GB");
  static final Setting ALERT_LATENCY =
      setting(
          "alerts.latency_p95_ms",
          "ALERT_LATENCY_P95_MS",
          number(0, 86_400_000),
          "95th percentile of latency that raises an alert, ms");
  static final Setting ALERT_STREAM =
      setting(
          "alerts.stream_events_per_min",
          "ALERT_STREAM_EVENTS_PER_MIN",
          number(0, 1_000_000_000),
          "Fewer events a minute raise an alert");
  static final Setting ALERT_CONFIDENCE =
      setting(
          "alerts.confidence_threshold",
          "ALERT_CONFIDENCE_THRESHOLD",
          number(0, 1),
          "Lower confidence of a prediction raises an alert");

  static final Setting ALERT_TEMPERATURE =
      setting(
          "alerts.temperature_c",
          "ALERT_TEMPERATURE_C",
          number(-1_000, 10_000),
          "Temperature of a device from which an event counts as too hot, °C");

  static final Setting ALERT_WEBHOOK =
      setting(
              "alerts.webhook_url",
              "ALERT_WEBHOOK_URL",
              text("an http or https address", "https?://[^\\s/]+(/\\S*)?"),
              "Address that is told of each alert by POST; may hold a secret")
          .hidden()
          .optional();
  static final Setting ALERT_WEBHOOK_PRIVATE =
      setting(
          "alerts.webhook_private",
          "ALERT_WEBHOOK_PRIVATE",
          onOff(),
          "Whether that address may be on this machine or in a private network");

  static final Setting MODEL_SAMPLE =
      setting(
          "predictor.sample",
          "MODEL_SAMPLE",
          integer(100, 20_000),
          "Most examples that a model is trained on; the time it takes rises faster than they do");
  static final Setting MODEL_TAKEOVER =
      setting(
          "predictor.takeover",
          "MODEL_TAKEOVER",
          choice("not-worse", "shadow", "manual"),
          "When a new model takes over: if it is `not-worse` on the hold-out and on the files of"
              + " today; after it has been so in the `shadow`; or only when told");
  static final Setting MODEL_SHADOW_ANSWERS =
      setting(
          "predictor.shadow_answers",
          "MODEL_SHADOW_ANSWERS",
          integer(1, 10_000_000),
          "How many answers of a model in the shadow are compared before it may take over");

  static final Setting CONSISTENCY_POLL_MS =
      setting(
          "consistency.poll_ms",
          "CONSISTENCY_POLL_MS",
          integer(50, DAY_MS),
          "How often a node looks for something to verify or repair, ms");
  static final Setting CONSISTENCY_LIGHT_MS =
      setting(
          "consistency.light_interval_ms",
          "CONSISTENCY_LIGHT_INTERVAL_MS",
          integer(0, YEAR_MS),
          "From one comparison of all listings with the catalog to the next, ms; 0 for none");
  static final Setting CONSISTENCY_DEEP_MS =
      setting(
          "consistency.deep_interval_ms",
          "CONSISTENCY_DEEP_INTERVAL_MS",
          integer(0, YEAR_MS),
          "From one reading of all copies to the next, ms; 0 for none");
  static final Setting CONSISTENCY_BYTES =
      setting(
          "consistency.bytes_per_second",
          "CONSISTENCY_BYTES_PER_S",
          integer(1_024, 100_000_000_000L),
          "What a node reads at most to verify copies, bytes a second");
  static final Setting CONSISTENCY_BREAKER =
      setting(
          "consistency.breaker_percent",
          "CONSISTENCY_BREAKER_PERCENT",
          number(0, 100),
          "Bad copies of a location, in percent, above which nothing is repaired there");
  static final Setting CONSISTENCY_REPAIR =
      setting(
          "consistency.repair",
          "CONSISTENCY_REPAIR",
          choice("auto", "off"),
          "Whether scheduled passes repair what they find");
  static final Setting CONSISTENCY_ATTEMPTS =
      setting(
          "consistency.max_attempts",
          "CONSISTENCY_MAX_ATTEMPTS",
          integer(1, 1_000),
          "Failed repairs before one is stuck");
  static final Setting CONSISTENCY_WINDOW =
      setting(
          "consistency.window",
          "CONSISTENCY_WINDOW",
          integer(1_000, 100_000_000),
          "Copies of a location that a comparison keeps in memory at once");
  static final Setting CONSISTENCY_ORPHANS =
      setting(
          "consistency.orphans",
          "CONSISTENCY_ORPHANS",
          choice("keep", "delete"),
          "What becomes of our own objects that no file references: an operator's word, or deleted");
  static final Setting CONSISTENCY_ORPHAN_GRACE_MS =
      setting(
          "consistency.orphan_grace_ms",
          "CONSISTENCY_ORPHAN_GRACE_MS",
          integer(0, YEAR_MS),
          "How long an orphan must have been known before it may be deleted, ms");

  static final Setting REPLICATION_FILE =
      setting(
          "replication.policy_file",
          "REPLICATION_FILE",
          path("a JSON file"),
          "Replication policy that is in force until another is put in its place");
  static final Setting REPLICATION_SWEEP_MS =
      setting(
          "replication.sweep_ms",
          "REPLICATION_SWEEP_MS",
          integer(100, YEAR_MS),
          "From one comparison of all files with the replication policy to the next, ms");
  static final Setting REPLICATION_IN_FLIGHT =
      setting(
          "replication.in_flight",
          "REPLICATION_IN_FLIGHT",
          integer(1, 1_000),
          "Copies that the replication policy asks for at the same time");
  static final Setting MIRROR_ENDPOINTS =
      setting(
              "mirrors.endpoints",
              "REPLICA_ENDPOINTS",
              MirrorList.type(),
              "External mirrors that are told of every change; may hold secrets, so it is hidden")
          .hidden()
          .optional();
  static final Setting MIRROR_ALLOW_PRIVATE =
      setting(
          "mirrors.allow_private",
          "REPLICA_ALLOW_PRIVATE",
          onOff(),
          "Whether mirrors may be at private, loopback and link-local addresses");
  static final Setting MIRROR_SWEEP_MS =
      setting(
          "mirrors.sweep_ms",
          "REPLICA_SWEEP_MS",
          integer(100, YEAR_MS),
          "From one comparison of all files with what mirrors were told to the next, ms");
  static final Setting MIRROR_COMPARE_MS =
      setting(
          "mirrors.compare_ms",
          "REPLICA_COMPARE_MS",
          integer(0, YEAR_MS),
          "From one comparison of what mirrors hold to the next, ms; 0 for none");
  static final Setting BACKUP_INTERVAL_MS =
      setting(
          "consistency.backup_interval_ms",
          "BACKUP_INTERVAL_MS",
          integer(0, YEAR_MS),
          "From one backup of the catalog to the next, ms; 0 for none by itself");
  static final Setting BACKUP_KEEP =
      setting(
          "consistency.backup_keep",
          "BACKUP_KEEP",
          integer(1, 1_000),
          "Verified backups that are kept, the newest");
  static final Setting BACKUP_COPIES =
      setting(
          "consistency.backup_copies",
          "BACKUP_COPIES",
          integer(1, 100),
          "Locations that get each backup, in configured order; at most all there are");

  /** Read before all others, which may speak of a location that it adds. */
  static final Setting LOCATIONS =
      setting(
              "locations",
              "LOCATIONS",
              text("a JSON list", ".*"),
              "More locations, or changes to the three, as a JSON list: `[{\"id\": …, \"provider\":"
                  + " …}]`")
          .optional();

  private static final List<Setting> ALL =
      Stream.of(
              Stream.of(
                  PROFILE,
                  NODE_ID,
                  ROLES,
                  SEEDS_DIR,
                  WEBROOT,
                  PRICES_FILE,
                  RULES_FILE,
                  SYNTHETIC_LOAD),
              Stream.of(
                  HTTP_HOST,
                  HTTP_PORT,
                  MANAGEMENT_PORT,
                  METRICS_ON_API,
                  MAX_CONTROL_BODY,
                  MAX_OBJECT_BYTES),
              Stream.of(
                  CLUSTER_ENABLED,
                  CLUSTER_NAME,
                  CLUSTER_HOST,
                  CLUSTER_PORT,
                  BUS_PORT,
                  CLUSTER_MEMBERS,
                  CLUSTER_K8S_SERVICE),
              Stream.of(
                  MONGO_URL,
                  MONGO_DATABASE,
                  MONGO_READ_ONLY,
                  KAFKA_BOOTSTRAP,
                  TOPIC_ACCESS,
                  TOPIC_MOVES),
              Stream.of(
                  MOVER_PARALLELISM,
                  MOVER_LEASE_MS,
                  MOVER_POLL_MS,
                  MOVER_MAX_ATTEMPTS,
                  MOVER_RETRY_BASE_MS,
                  MOVER_RETRY_CAP_MS,
                  MOVER_ACTIVE_PER_JOB,
                  MOVER_PIN_MS),
              Stream.of(
                  COLLECT_GRACE_MS,
                  COLLECT_INTERVAL_MS,
                  COLLECT_STALE_MS,
                  COLLECT_VERIFY,
                  COLLECT_TOMBSTONE_MS),
              Stream.of(AUTH_MODE, ACCESS_POLICY_FILE),
              Stream.of(
                  ALERT_COST,
                  ALERT_LATENCY,
                  ALERT_STREAM,
                  ALERT_CONFIDENCE,
                  ALERT_TEMPERATURE,
                  ALERT_WEBHOOK,
                  ALERT_WEBHOOK_PRIVATE),
              Stream.of(MODEL_SAMPLE, MODEL_TAKEOVER, MODEL_SHADOW_ANSWERS),
              Stream.of(
                  CONSISTENCY_POLL_MS,
                  CONSISTENCY_LIGHT_MS,
                  CONSISTENCY_DEEP_MS,
                  CONSISTENCY_BYTES,
                  CONSISTENCY_BREAKER,
                  CONSISTENCY_REPAIR,
                  CONSISTENCY_ATTEMPTS,
                  CONSISTENCY_WINDOW,
                  CONSISTENCY_ORPHANS,
                  CONSISTENCY_ORPHAN_GRACE_MS),
              Stream.of(
                  REPLICATION_FILE,
                  REPLICATION_SWEEP_MS,
                  REPLICATION_IN_FLIGHT,
                  MIRROR_ENDPOINTS,
                  MIRROR_ALLOW_PRIVATE,
                  MIRROR_SWEEP_MS,
                  MIRROR_COMPARE_MS),
              Stream.of(BACKUP_INTERVAL_MS, BACKUP_KEEP, BACKUP_COPIES))
          .flatMap(group -> group)
          .toList();

  private Settings() {}

  /** All of them, in the order of the documentation. */
  static List<Setting> all() {
    return ALL;
  }
}
