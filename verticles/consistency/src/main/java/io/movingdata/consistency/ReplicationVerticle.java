package io.movingdata.consistency;

import io.movingdata.consistency.mirror.Mirrors;
import io.movingdata.consistency.replication.Replication;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.replication.ReplicationInForce;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Wires the replication policy and the external mirrors of one node. */
final class ReplicationVerticle extends VerticleBase {
  private final Replication replication;
  private final Mirrors mirrors;

  ReplicationVerticle(NodeContext node, ReplicationInForce policies) {
    this.replication = new Replication(node, policies);
    this.mirrors = new Mirrors(node);
  }

  @Override
  public Future<?> start() {
    return Future.all(replication.start(), mirrors.start());
  }

  @Override
  public Future<?> stop() {
    return replication.stop().eventually(mirrors::stop);
  }
}
