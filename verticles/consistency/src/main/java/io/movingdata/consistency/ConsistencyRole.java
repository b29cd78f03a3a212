package io.movingdata.consistency;

import io.movingdata.consistency.backup.BackupVerticle;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.NodeRole;
import io.movingdata.core.replication.ReplicationInForce;
import io.vertx.core.Deployable;
import java.util.List;

/** Offers verification and repair to the launcher. */
public final class ConsistencyRole implements NodeRole {
  @Override
  public String name() {
    return "consistency";
  }

  @Override
  public int order() {
    return 40;
  }

  @Override
  public List<Deployable> verticles(NodeContext node) {
    return List.of(
        new ConsistencyVerticle(node),
        new BackupVerticle(node),
        new ReplicationVerticle(node, ReplicationInForce.of(node)));
  }
}
