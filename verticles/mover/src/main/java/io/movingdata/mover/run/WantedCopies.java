package io.movingdata.mover.run;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.replication.ReplicationInForce;
import io.movingdata.core.replication.ReplicationPlanner;
import io.movingdata.mover.state.Placements;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the replication policy in force says to those who take copies away: moves and removals. It
 * is read from the catalog, without which no placement changes: where it cannot be read, nothing
 * leaves.
 */
public final class WantedCopies {
  private final NodeContext node;
  private final ReplicationInForce policies;
  private final ReplicationPlanner planner;

  public WantedCopies(NodeContext node, ReplicationInForce policies) {
    this.node = node;
    this.policies = policies;
    this.planner = new ReplicationPlanner(node.config().locations());
  }

  /** The file after a move or copy: a verified old primary stays where the policy wants one. */
  Future<FileRecord> arrived(MoveRecord move, FileRecord file, Replica arrived) {
    FileRecord kept = arrived(move, file, arrived, true);
    boolean leaves = move.kind() == MoveKind.MOVE && file.verifiedAt(file.primary()).isEmpty();
    if (leaves || move.kind() == MoveKind.COPY) {
      return Future.succeededFuture(arrived(move, file, arrived, false));
    }
    return policies
        .recent()
        .map(
            policy ->
                planner.plan(policy, kept).wanted().contains(file.primary())
                    ? kept
                    : arrived(move, file, arrived, false));
  }

  private FileRecord arrived(MoveRecord move, FileRecord file, Replica arrived, boolean keep) {
    LocationConfig target = node.config().requireLocation(move.target());
    return Placements.arrived(
        file,
        move,
        arrived,
        keep,
        node.policy().get().describe(target.id(), target.keyring()),
        Duration.ofMillis(node.config().mover().pinMs()),
        node.clock().instant());
  }

  /**
   * Says of a file as it would be left, without a copy, why that may not be: the policy in force
   * wants the copy, or no verified one would be left; empty where it may.
   */
  public Future<Function<FileRecord, Optional<String>>> denials(Replica removed) {
    return policies
        .current()
        .map(
            policy ->
                left ->
                    left.replicas().stream().noneMatch(Replica::verified)
                        ? Optional.of("no verified copy would be left without this one")
                        : planner.denial(policy, left, removed));
  }
}
