package io.movingdata.mover;

import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.NodeRole;
import io.movingdata.core.replication.ReplicationInForce;
import io.vertx.core.Deployable;
import java.util.List;

/** Offers the mover to the launcher. */
public final class MoverRole implements NodeRole {
  @Override
  public String name() {
    return "mover";
  }

  @Override
  public int order() {
    return 30;
  }

  @Override
  public List<Deployable> verticles(NodeContext node) {
    return List.of(new MoverVerticle(node, ReplicationInForce.of(node)));
  }
}
