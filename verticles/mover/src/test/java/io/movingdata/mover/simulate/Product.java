package io.movingdata.mover.simulate;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.replication.ReplicationInForce;
import io.movingdata.core.replication.ReplicationPolicy;
import io.movingdata.core.security.AccessPolicy;
import io.movingdata.core.security.Keyring;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.mover.collect.Collector;
import io.movingdata.mover.collect.Sweeper;
import io.movingdata.mover.run.CopyService;
import io.movingdata.mover.run.Dispatcher;
import io.movingdata.mover.run.MoveAnnouncer;
import io.movingdata.mover.run.MoveRunner;
import io.movingdata.mover.run.Promotion;
import io.movingdata.mover.run.WantedCopies;
import io.movingdata.mover.submit.ControlService;
import io.movingdata.mover.submit.DeletionService;
import io.movingdata.mover.submit.RemainingCopies;
import io.movingdata.mover.submit.SubmitService;
import io.movingdata.mover.transfer.CopyProof;
import java.util.List;
import java.util.Random;

/** The mover in one process, wired as its verticle wires it, but for what carries bytes. */
final class Product {
  static final long GRACE_MS = 40_000;
  static final long STALE_MS = 24_000;

  private static final String KEYS = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final Keyring KEYRING = Keyring.parse(KEYS, "test");
  private static final List<LocationConfig> LOCATIONS =
      Plan.LOCATIONS.stream().map(Product::location).toList();
  private static final NodeConfig.Mover MOVER =
      new NodeConfig.Mover(4, 6_000, 3_000, 5, 500, 6_000, 100, 1_000);

  final NodeContext node;
  final SimulatedTransfers transfers;
  final SubmitService submits;
  final ControlService controls;
  final DeletionService deletions;

  /** Starts the mover. */
  Product(Life life) {
    Bus bus = new SimulatedBus(life);
    World world = life.world();
    node =
        new NodeContext(
            bus.vertx(),
            bus,
            config(life.node(), world.weather().deep()),
            life.clock(),
            new SimpleMeterRegistry(),
            null,
            AccessPolicy::defaults,
            List.of("mover"),
            () -> world.time().now() * 1_000,
            new Random(world.chance().number("dice of " + life.node(), life.number())));
    StorageClient storage = new StorageClient(bus);
    AuditLog audit = new AuditLog(bus, life.clock());
    MoveAnnouncer announcer = new MoveAnnouncer(bus, life.clock(), audit);
    Authorizer authorizer = new Authorizer(node.policy(), audit);
    transfers = new SimulatedTransfers(life, bus.vertx());
    CopyService copies = new CopyService(node, transfers, announcer);
    CopyProof proof = new CopyProof(node, storage, transfers);
    Promotion promotion = new Promotion(node, storage, proof, announcer);
    WantedCopies wanted =
        new WantedCopies(node, ReplicationInForce.always(ReplicationPolicy.single()));
    Dispatcher dispatcher =
        new Dispatcher(node, new MoveRunner(node, copies, promotion, announcer, wanted));
    submits = new SubmitService(node, authorizer, audit, dispatcher);
    controls = new ControlService(bus, authorizer, audit);
    deletions = new DeletionService(node, authorizer, audit, new RemainingCopies(wanted, proof));
    dispatcher.start();
    new Collector(node, storage, proof, audit).start();
    new Sweeper(node, storage).start();
  }

  private static NodeConfig config(String id, boolean deep) {
    return new NodeConfig(
        "local",
        new NodeConfig.Node(id, List.of("all"), null, null, null, null, false),
        null,
        null,
        null,
        null,
        LOCATIONS,
        MOVER,
        new NodeConfig.Collector(GRACE_MS, 4_000, STALE_MS, deep, 3_600_000),
        null,
        null,
        null,
        null);
  }

  private static LocationConfig location(String id) {
    return new LocationConfig(
        id,
        null,
        null,
        "bucket",
        null,
        null,
        null,
        KEYRING,
        List.of("system"),
        "hot",
        "here",
        0,
        0,
        8);
  }
}
