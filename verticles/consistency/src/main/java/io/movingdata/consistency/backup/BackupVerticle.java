package io.movingdata.consistency.backup;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.contract.BackupApi;
import io.movingdata.core.launch.NodeContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Wires the backups of one node. */
public final class BackupVerticle extends VerticleBase {
  private final NodeContext node;
  private AuditLog audit;
  private BackupService backups;

  public BackupVerticle(NodeContext node) {
    this.node = node;
  }

  @Override
  public Future<?> start() {
    audit = new AuditLog(node.bus(), node.clock());
    backups = new BackupService(node, audit);
    audit.start();
    backups.start();
    return Future.all(
        node.bus().serve(BackupApi.START, backups::start),
        node.bus().serve(BackupApi.LIST, backups::list));
  }

  @Override
  public Future<?> stop() {
    backups.stop();
    return audit.stop();
  }
}
