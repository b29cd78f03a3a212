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
 * @param alerts thresholds
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
    Alerts alerts) {

  /**
   * This process.
   *
   * @param id unique in the cluster; made at start where not given
   * @param roles names of the roles to run; {@code all} for every one on the class path
   * @param seedsDir text files for {@code POST /seed}
   * @param webroot static files
   * @param syntheticLoad whether the simulator starts switched on
   */
  public record Node(
      String id, List<String> roles, Path seedsDir, Path webroot, boolean syntheticLoad) {}

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

  /** The metadata store; the URL may hold a password. */
  public record Mongo(Secret url, String database) {}

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

  /** Alert thresholds: USD/GB, milliseconds, events a minute, confidence 0 to 1. */
  public record Alerts(
      double costThreshold, double latencyP95Ms, double streamEventsPerMin, double confidence) {}

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
