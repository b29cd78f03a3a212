package io.movingdata.consistency.replication;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.ReplicationApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.replication.ReplicationInForce;
import io.vertx.core.Future;
import java.util.List;

/** The replication policy of one node's room: its services, and its share of the work. */
public final class Replication {
  private final Bus bus;
  private final AuditLog audit;
  private final PolicyService service;
  private final Reconciler reconciler;

  /** {@code policies}: the policy in force. */
  public Replication(NodeContext node, ReplicationInForce policies) {
    this.bus = node.bus();
    this.audit = new AuditLog(bus, node.clock());
    this.service = new PolicyService(node, policies, new SweepBook(node), audit);
    this.reconciler = new Reconciler(node, policies, new SweepBook(node));
  }

  /** Starts; completes when its services are known to the cluster. */
  public Future<?> start() {
    audit.start();
    reconciler.start();
    return Future.all(
        List.of(
            bus.serve(ReplicationApi.GET_REPLICATION, service::get),
            bus.serve(ReplicationApi.PUT_POLICY, service::put),
            bus.serve(ReplicationApi.EVALUATE, service::evaluate),
            bus.subscribe(Events.FILE, reconciler::heard)));
  }

  /** Stops; another node goes on. */
  public Future<Void> stop() {
    return reconciler.stop().eventually(audit::stop);
  }
}
