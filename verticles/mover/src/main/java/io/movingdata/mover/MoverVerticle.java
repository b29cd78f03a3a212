package io.movingdata.mover;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.replication.ReplicationInForce;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.mover.bulk.BulkService;
import io.movingdata.mover.bulk.JobFeeder;
import io.movingdata.mover.bulk.Throughput;
import io.movingdata.mover.collect.Collector;
import io.movingdata.mover.collect.Sweeper;
import io.movingdata.mover.run.CopyService;
import io.movingdata.mover.run.Dispatcher;
import io.movingdata.mover.run.MoveAnnouncer;
import io.movingdata.mover.run.MoveRunner;
import io.movingdata.mover.run.Promotion;
import io.movingdata.mover.run.WantedCopies;
import io.movingdata.mover.submit.AwaitService;
import io.movingdata.mover.submit.ControlService;
import io.movingdata.mover.submit.DeletionService;
import io.movingdata.mover.submit.RemainingCopies;
import io.movingdata.mover.submit.SubmitService;
import io.movingdata.mover.transfer.CopyProof;
import io.movingdata.mover.transfer.EncryptedTransfers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Wires the mover of one node. */
public final class MoverVerticle extends VerticleBase {
  private static final double HEAP_FOR_COPIES = 0.18;
  private static final double HEAP_FOR_PROOFS = 0.06;

  private final NodeContext node;
  private final ReplicationInForce replication;
  private AuditLog audit;
  private Dispatcher dispatcher;
  private JobFeeder feeder;
  private Collector collector;
  private Sweeper sweeper;

  public MoverVerticle(NodeContext node, ReplicationInForce replication) {
    this.node = node;
    this.replication = replication;
  }

  @Override
  public Future<?> start() {
    Bus bus = node.bus();
    StorageClient storage = new StorageClient(bus);
    audit = new AuditLog(bus, node.clock());
    MoveAnnouncer announcer = new MoveAnnouncer(bus, node.clock(), audit);
    EncryptedTransfers transfers = new EncryptedTransfers(node, storage, HEAP_FOR_COPIES);
    CopyService copies = new CopyService(node, transfers, announcer);
    Promotion promotion =
        new Promotion(node, storage, new CopyProof(node, storage, transfers), announcer);
    WantedCopies wanted = new WantedCopies(node, replication);
    dispatcher = new Dispatcher(node, new MoveRunner(node, copies, promotion, announcer, wanted));
    CopyProof proof =
        new CopyProof(node, storage, new EncryptedTransfers(node, storage, HEAP_FOR_PROOFS));
    Authorizer authorizer = new Authorizer(node.policy(), audit);
    SubmitService submits = new SubmitService(node, authorizer, audit, dispatcher);
    ControlService control = new ControlService(bus, authorizer, audit);
    DeletionService deletions =
        new DeletionService(node, authorizer, audit, new RemainingCopies(wanted, proof));
    Throughput rate = new Throughput();
    BulkService bulk = new BulkService(node, authorizer, audit, rate);
    AwaitService awaits = new AwaitService(bus);
    feeder = new JobFeeder(node, submits, authorizer);
    collector = new Collector(node, storage, proof, audit);
    sweeper = new Sweeper(node, storage);
    audit.start();
    collector.start();
    sweeper.start();
    return Future.all(
        List.of(
            bus.serve(MoverApi.SUBMIT, submits::submit),
            bus.serve(MoverApi.AWAIT, awaits::await),
            bus.serve(MoverApi.CANCEL, control::cancel),
            bus.serve(MoverApi.RETRY, control::retry),
            bus.serve(MoverApi.BULK, bulk::bulk),
            bus.serve(MoverApi.CANCEL_JOB, bulk::cancel),
            bus.serve(MoverApi.DELETE_FILE, deletions::delete),
            bus.serve(MoverApi.DROP_REPLICA, deletions::dropReplica),
            bus.subscribe(Events.MOVE, event -> rate.onMove(event, System.nanoTime())),
            awaits.start(),
            feeder.start(),
            dispatcher.start()));
  }

  @Override
  public Future<?> stop() {
    collector.stop();
    sweeper.stop();
    return Future.join(dispatcher.stop(), feeder.stop()).eventually(() -> audit.stop());
  }
}
