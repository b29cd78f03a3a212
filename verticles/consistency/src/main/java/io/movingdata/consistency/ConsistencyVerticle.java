package io.movingdata.consistency;

import io.movingdata.consistency.pass.Inspector;
import io.movingdata.consistency.pass.PassBook;
import io.movingdata.consistency.pass.PassRunner;
import io.movingdata.consistency.pass.PassService;
import io.movingdata.consistency.repair.RepairRoom;
import io.movingdata.consistency.verify.Examiner;
import io.movingdata.consistency.verify.KeyFinder;
import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Pass;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.CopyReader;
import io.movingdata.core.transfer.TransferContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Wires verification and repair of one node. */
final class ConsistencyVerticle extends VerticleBase {
  private static final double HEAP_SHARE = 0.06;

  private final NodeContext node;
  private AuditLog audit;
  private final Map<Pass.Kind, PassRunner> runners = new EnumMap<>(Pass.Kind.class);
  private PassService passes;
  private RepairRoom repair;
  private StatusService status;

  ConsistencyVerticle(NodeContext node) {
    this.node = node;
  }

  @Override
  public Future<?> start() {
    Bus bus = node.bus();
    audit = new AuditLog(bus, node.clock());
    StorageClient storage = new StorageClient(bus);
    TransferContext transfers = TransferContext.of(node, storage, HEAP_SHARE);
    CopyReader reader = new CopyReader(node, transfers);
    Examiner examiner = new Examiner(storage, reader, new KeyFinder(node, transfers));
    Inspector inspector = new Inspector(node, examiner);
    PassBook book = new PassBook(node);
    for (Pass.Kind kind : Pass.Kind.values()) {
      runners.put(kind, new PassRunner(kind, node, book, storage, inspector));
    }
    passes = new PassService(node, book, runners, audit);
    repair = new RepairRoom(node, storage, book, inspector, examiner, reader, audit);
    status = new StatusService(node, book);
    audit.start();
    runners.values().forEach(PassRunner::start);
    passes.start();
    status.start();
    return Future.all(
        List.of(
            repair.start(),
            bus.serve(ConsistencyApi.STATUS, status::status),
            bus.serve(ConsistencyApi.START_PASS, passes::start),
            bus.serve(ConsistencyApi.CANCEL_PASS, passes::cancel),
            bus.serve(ConsistencyApi.GET_PASS, passes::get)));
  }

  @Override
  public Future<?> stop() {
    passes.stop();
    runners.values().forEach(PassRunner::stop);
    repair.stop();
    status.stop();
    return audit.stop();
  }
}
