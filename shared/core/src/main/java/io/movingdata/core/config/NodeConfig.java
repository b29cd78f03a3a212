package io.movingdata.core.config;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything a node is told. Built and checked by {@link ConfigLoader}; immutable.
 *
 * @param profile local or production
 * @param node this process
 * @param http the API listener
 * @param cluster how nodes find one another
 * @param mongo the metadata store
 * @param kafka the event broker
 * @param locations where objects can be, in configured order
 * @param mover limits and times of moves
 * @param collector limits and times of deletion
 * @param access who may do what
 * @param alerts thresholds, and who is told
 * @param consistency limits and times of verification and repair
 * @param replication copies that are kept, and mirrors that are told
 * @param learning how models are trained and when they take over
 */
public record NodeConfig(
    String profile,
    Node node,
    Http http,
    Cluster cluster,
    Mongo mongo,
    Kafka kafka,
    List<LocationConfig> locations,
    Mover mover,
    Collector collector,
    Access access,
    Alerts alerts,
    Consistency consistency,
    Replication replication,
    Learning learning) {

  /** A node that learns as it does by default. */
  public NodeConfig(
      String profile,
      Node node,
      Http http,
      Cluster cluster,
      Mongo mongo,
      Kafka kafka,
      List<LocationConfig> locations,
      Mover mover,
      Collector collector,
      Access access,
      Alerts alerts,
      Consistency consistency,
      Replication replication) {
    this(
        profile,
        node,
        http,
        cluster,
        mongo,
        kafka,
        locations,
        mover,
        collector,
        access,
        alerts,
        consistency,
        replication,
        new Learning(4_000, Learning.NOT_WORSE, 500));
  }

  /**
   * This process.
   *
   * @param id unique in the cluster; made at start where not given
   * @param roles names of the roles to run; {@code all} for every one on the class path
   * @param seedsDir text files for {@code POST /seed}
   * @param webroot static files
   * @param pricesFile list prices of the providers
   * @param rulesFile tiering rules until others are put in force
   * @param syntheticLoad whether the simulator starts switched on
   */
  public record Node(
      String id,
      List<String> roles,
      Path seedsDir,
      Path webroot,
      Path pricesFile,
      Path rulesFile,
      boolean syntheticLoad) {}

  /**
   * The API listener.
   *
   * @param host address to bind; loopback unless told otherwise
   * @param port 0 for any free one
   * @param managementPort metrics and health on their own listener; -1 for none
   * @param maxControlBody limit of a JSON body, bytes
   * @param maxObjectBytes limit of an upload, bytes of plaintext
   * @param metricsOnApi whether {@code /metrics} answers on the API port too
   */
  public record Http(
      String host,
      int port,
      int managementPort,
      int maxControlBody,
      long maxObjectBytes,
      boolean metricsOnApi) {}

  /**
   * How nodes find one another.
   *
   * @param enabled false: one node, no network
   * @param name nodes of another name are refused
   * @param host address to bind
   * @param port Hazelcast port; 0 for any free one from 5701
   * @param busPort event bus port, 0 for any
   * @param members host:port of other members
   * @param kubernetesService headless service for discovery, null for none
   */
  public record Cluster(
      boolean enabled,
      String name,
      String host,
      int port,
      int busPort,
      List<String> members,
      String kubernetesService) {}

  /**
   * The metadata store.
   *
   * @param url may hold a password
   * @param database the catalog's
   * @param readOnly whether nothing may be written to it, not even an index
   */
  public record Mongo(Secret url, String database, boolean readOnly) {
    /** One to read and write. */
    public Mongo(Secret url, String database) {
      this(url, database, false);
    }
  }

  /** The event broker. */
  public record Kafka(String bootstrap, String topicAccess, String topicMoves) {}

  /**
   * Limits and times of moves.
   *
   * @param parallelism moves at the same time on one node
   * @param leaseMs how long a claim holds without renewal
   * @param pollMs how often lost hints are made up for
   * @param maxAttempts failed tries before a move is stuck
   * @param retryBaseMs first wait after a failed try
   * @param retryCapMs longest wait
   * @param activePerJob moves of one bulk job that are active at the same time
   * @param pinMs how long a file moved by hand is pinned
   */
  public record Mover(
      int parallelism,
      long leaseMs,
      long pollMs,
      int maxAttempts,
      long retryBaseMs,
      long retryCapMs,
      int activePerJob,
      long pinMs) {}

  /**
   * Limits and times of deletion.
   *
   * @param graceMs how long garbage is kept
   * @param intervalMs how often the collector looks
   * @param staleMs after how long without progress a copy under way counts as abandoned
   * @param deepVerify whether the remaining copy is read back whole before the last other goes
   * @param tombstoneMs how long a deleted file's version is remembered
   */
  public record Collector(
      long graceMs, long intervalMs, long staleMs, boolean deepVerify, long tombstoneMs) {}

  /**
   * Who may do what.
   *
   * @param mode open: roles come from the request (local profile only)
   * @param policyFile JSON with roles per location, watched; null for none
   */
  public record Access(String mode, Path policyFile) {}

  /**
   * Alert thresholds: USD/GB, milliseconds, events a minute, confidence 0 to 1, °C.
   *
   * @param webhook who is told of alerts, null for nobody; may hold a secret
   * @param webhookPrivate whether that may be on this machine or in a private network
   */
  public record Alerts(
      double costThreshold,
      double latencyP95Ms,
      double streamEventsPerMin,
      double confidence,
      double temperatureC,
      Secret webhook,
      boolean webhookPrivate) {
    /** Thresholds without a webhook. */
    public Alerts(
        double costThreshold,
        double latencyP95Ms,
        double streamEventsPerMin,
        double confidence,
        double temperatureC) {
      this(costThreshold, latencyP95Ms, streamEventsPerMin, confidence, temperatureC, null, false);
    }
  }

  /**
   * How models are trained and when they take over.
   *
   * @param sample most examples that a model is trained on
   * @param takeover {@link #NOT_WORSE}, {@link #SHADOW} or {@link #MANUAL}
   * @param shadowAnswers how many answers are compared before a model in the shadow takes over
   */
  public record Learning(int sample, String takeover, int shadowAnswers) {
    /** At the end of its training, where it is not worse on the hold-out and on present files. */
    public static final String NOT_WORSE = "not-worse";

    /** Once it has answered beside the one in force often enough, and was not worse. */
    public static final String SHADOW = "shadow";

    /** When somebody says so. */
    public static final String MANUAL = "manual";
  }

  /**
   * Limits and times of verification and repair.
   *
   * @param pollMs how often a node looks for work
   * @param lightIntervalMs from one light pass to the next, 0 for none by itself
   * @param deepIntervalMs from one deep pass to the next, 0 for none by itself
   * @param bytesPerSecond what a node reads at most for deep passes
   * @param breakerPercent bad copies of a location, in percent, from which nothing is repaired
   * @param repair whether scheduled passes repair what they find
   * @param maxAttempts failed repairs before one is stuck
   * @param window copies of a location that a light pass keeps in memory
   * @param orphanGraceMs how long an orphan must have been there before it may go
   * @param deleteOrphans whether orphans go by themselves after that
   * @param backup how the catalog is backed up
   */
  public record Consistency(
      long pollMs,
      long lightIntervalMs,
      long deepIntervalMs,
      long bytesPerSecond,
      double breakerPercent,
      boolean repair,
      int maxAttempts,
      int window,
      long orphanGraceMs,
      boolean deleteOrphans,
      Backup backup) {}

  /**
   * Backups of the catalog.
   *
   * @param intervalMs from one to the next, 0 for none by itself
   * @param keep verified ones that stay, the newest
   * @param copies locations that get each
   */
  public record Backup(long intervalMs, int keep, int copies) {}

  /**
   * Copies that are kept, and mirrors that are told.
   *
   * @param policyFile replication policy until another is put in force
   * @param sweepMs from one comparison of all files with the policy to the next
   * @param inFlight copies that the policy asks for at the same time
   * @param mirrors external mirrors
   * @param allowPrivate whether they may be at private addresses
   * @param mirrorSweepMs from one comparison of all files with what mirrors were told to the next
   * @param mirrorCompareMs from one comparison of what mirrors hold to the next, 0 for none
   */
  public record Replication(
      Path policyFile,
      long sweepMs,
      int inFlight,
      List<Mirror> mirrors,
      boolean allowPrivate,
      long mirrorSweepMs,
      long mirrorCompareMs) {
    public Replication {
      mirrors = List.copyOf(mirrors);
    }
  }

  /**
   * An external mirror.
   *
   * @param name unique; stands for it wherever it is spoken of
   * @param url where changes are posted to
   * @param getUrl where what it holds can be asked for, below it by file id; null for nowhere
   */
  public record Mirror(String name, Secret url, Secret getUrl) {}

  /** Whether demo keys and open mode are accepted. */
  public boolean local() {
    return profile.equals("local");
  }

  /** The location of an id. */
  public Optional<LocationConfig> location(String id) {
    return locations.stream().filter(l -> l.id().equals(id)).findFirst();
  }

  /**
   * The location of an id.
   *
   * @throws MovingDataException {@code UNKNOWN_LOCATION} naming those that exist
   */
  public LocationConfig requireLocation(String id) {
    return location(id)
        .orElseThrow(
            () ->
                MovingDataException.of(
                    ErrorCode.UNKNOWN_LOCATION,
                    "location is unknown; configured are "
                        + locations.stream().map(LocationConfig::id).toList()));
  }
}
