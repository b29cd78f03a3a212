package io.movingdata.core.replication;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.state.StateStore;
import io.movingdata.core.state.StateStore.Stored;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The replication policy in force: the one that the catalog keeps, and while it keeps none that of
 * the configuration. Whoever decides on copies asks the catalog, which every placement needs
 * anyway, so that no decision depends on another room being there.
 */
public final class ReplicationInForce {
  private static final String KIND = "replication";
  private static final String CURRENT = "current";
  private static final long KEPT_NS = Duration.ofSeconds(2).toNanos();

  private final StateStore<ReplicationPolicy> store;
  private final LongSupplier nanoTime;
  private final ReplicationPolicy configured;
  private ReplicationPolicy known;
  private long knownAt;

  private ReplicationInForce(
      StateStore<ReplicationPolicy> store, LongSupplier nanoTime, ReplicationPolicy configured) {
    this.store = store;
    this.nanoTime = nanoTime;
    this.configured = configured;
  }

  /**
   * For a node.
   *
   * @throws IllegalStateException or {@link UncheckedIOException} saying what is wrong with the
   *     configured file
   */
  public static ReplicationInForce of(NodeContext node) {
    return new ReplicationInForce(
        store(node.bus(), node), node.nanoTime(), configured(node.config()));
  }

  /** One that never changes. */
  public static ReplicationInForce always(ReplicationPolicy policy) {
    return new ReplicationInForce(null, () -> 0, policy);
  }

  private static StateStore<ReplicationPolicy> store(Bus bus, NodeContext node) {
    return new StateStore<>(bus, node.clock(), KIND, ReplicationPolicy.class);
  }

  private static ReplicationPolicy configured(NodeConfig config) {
    Path file = config.replication() == null ? null : config.replication().policyFile();
    if (file == null) {
      return ReplicationPolicy.single();
    }
    try {
      ReplicationPolicy read =
          Json.fromBuffer(Buffer.buffer(Files.readAllBytes(file)), ReplicationPolicy.class);
      return ReplicationCheck.check(read.changed(0, null, null), config.locations());
    } catch (MovingDataException e) {
      throw new IllegalStateException(
          "REPLICATION_FILE names a file that is no replication policy: "
              + file
              + ": "
              + e.getMessage()
              + e.fields().stream().map(f -> "; " + f.field() + " " + f.message()).toList(),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "REPLICATION_FILE names a file that cannot be read: " + file + "; set it to one that can",
          e);
    }
  }

  /** The policy, as it is or was at most two seconds ago. */
  public Future<ReplicationPolicy> recent() {
    boolean usable = known != null && nanoTime.getAsLong() - knownAt < KEPT_NS;
    return usable ? Future.succeededFuture(known) : current();
  }

  /** The policy as the catalog has it now. */
  public Future<ReplicationPolicy> current() {
    if (store == null) {
      return Future.succeededFuture(configured);
    }
    long asked = nanoTime.getAsLong();
    return store
        .get(CURRENT)
        .map(
            found -> {
              known = found.map(Stored::value).orElse(configured);
              knownAt = asked;
              return known;
            });
  }

  /**
   * Puts a policy in force. Every version is kept under its number.
   *
   * @param wanted names by its version the one that it replaces; {@code VERSION_CONFLICT} where
   *     another is in force
   */
  public Future<ReplicationPolicy> replace(ReplicationPolicy wanted, String by, Clock clock) {
    return store
        .get(CURRENT)
        .compose(
            before -> {
              long present = before.map(one -> one.value().version()).orElse(0L);
              if (wanted.version() != present) {
                throw MovingDataException.of(
                    ErrorCode.VERSION_CONFLICT,
                    "version " + present + " is in force; read it again");
              }
              return write(wanted.changed(present + 1, by, clock.instant()), before);
            });
  }

  private Future<ReplicationPolicy> write(
      ReplicationPolicy next, Optional<Stored<ReplicationPolicy>> before) {
    return store
        .put(CURRENT, before.map(Stored::version).orElse(0L), next)
        .compose(done -> store.put("v" + next.version(), 0, next))
        .map(
            done -> {
              known = next;
              knownAt = nanoTime.getAsLong();
              return next;
            });
  }
}
