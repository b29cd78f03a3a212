package io.movingdata.consistency.repair;

import io.movingdata.consistency.pass.Inspector;
import io.movingdata.consistency.pass.PassBook;
import io.movingdata.consistency.verify.Examiner;
import io.movingdata.consistency.verify.OrphanCheck;
import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Registration;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.CopyReader;
import io.movingdata.core.transfer.CopyStates;
import io.movingdata.core.transfer.SpareCopies;
import io.vertx.core.Future;
import java.util.List;

/** Everything that happens to findings, and where it can be asked for. */
public final class RepairRoom {
  private final Bus bus;
  private final Repairs repairs;
  private final ResolveService resolve;
  private final ResyncService resync;

  public RepairRoom(
      NodeContext node,
      StorageClient storage,
      PassBook book,
      Inspector inspector,
      Examiner examiner,
      CopyReader reader,
      AuditLog audit) {
    this.bus = node.bus();
    FindingDesk desk = new FindingDesk(node);
    OrphanService orphans = new OrphanService(node, new OrphanCheck(node, storage), desk, audit);
    Authorizer authorizer = new Authorizer(node.policy(), audit);
    CopyStates states = new CopyStates(node, storage);
    Sources sources =
        new Sources(
            (file, copy) -> reader.readBack(file, copy, piece -> {}),
            states,
            new SpareCopies(node));
    this.repairs =
        new Repairs(
            node, book, desk, new RepairService(bus, examiner, sources, states), orphans, audit);
    this.resolve = new ResolveService(node, desk, repairs, orphans, authorizer, audit);
    this.resync = new ResyncService(node, inspector, desk, repairs, authorizer, audit);
  }

  /** Starts repairing, and serving. */
  public Future<List<Registration>> start() {
    repairs.start();
    return Future.all(
            bus.serve(ConsistencyApi.RESOLVE, resolve::resolve),
            bus.serve(ConsistencyApi.RESYNC, resync::resync))
        .map(all -> all.<Registration>list());
  }

  /** Stops. */
  public void stop() {
    repairs.stop();
  }
}
