package io.movingdata.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.TransferContext;
import io.movingdata.gateway.admin.AuditEndpoint;
import io.movingdata.gateway.admin.SeedEndpoint;
import io.movingdata.gateway.backups.BackupEndpoints;
import io.movingdata.gateway.consistency.ConsistencyEndpoints;
import io.movingdata.gateway.consistency.StoreChoice;
import io.movingdata.gateway.content.ContentEndpoints;
import io.movingdata.gateway.content.UploadService;
import io.movingdata.gateway.docs.DocsEndpoints;
import io.movingdata.gateway.events.EventHub;
import io.movingdata.gateway.files.FileEndpoints;
import io.movingdata.gateway.files.FileView;
import io.movingdata.gateway.health.HealthEndpoints;
import io.movingdata.gateway.health.HealthService;
import io.movingdata.gateway.health.LocationsEndpoint;
import io.movingdata.gateway.health.MetricsEndpoint;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Routes;
import io.movingdata.gateway.moves.BulkEndpoints;
import io.movingdata.gateway.moves.MoveEndpoints;
import io.movingdata.gateway.moves.MoveView;
import io.movingdata.gateway.moves.MoveWait;
import io.movingdata.gateway.moves.Rates;
import io.movingdata.gateway.once.Once;
import io.movingdata.gateway.replicas.ReplicaEndpoints;
import io.movingdata.gateway.replicas.ReplicationEndpoints;
import io.movingdata.gateway.simulation.BurstEndpoints;
import io.movingdata.gateway.simulation.SandboxEndpoints;
import io.movingdata.gateway.storagetest.StorageTestEndpoint;
import io.movingdata.gateway.stream.StreamEndpoints;
import io.movingdata.gateway.tiering.ModelEndpoints;
import io.movingdata.gateway.tiering.TieringEndpoints;
import io.movingdata.gateway.tiering.TrainingEndpoints;
import io.vertx.core.Future;
import java.util.Set;
import java.util.stream.Collectors;

/** What the gateway's listeners offer, and the background work behind it. */
final class Api {
  /** Frames of uploads and of downloads may each take that share of the heap. */
  private static final double HEAP_SHARE = 0.08;

  private final Bus bus;
  private final AuditLog audit;
  private final EventHub hub;
  private final HealthService health;
  private final LiveFeed feed;
  private final Rates rates = new Rates();
  private final MoveView moveView = new MoveView(rates);
  private final Routes main = new Routes();
  private final Routes management = new Routes();

  Api(NodeContext node) {
    this.bus = node.bus();
    this.audit = new AuditLog(bus, node.clock());
    StorageClient storage = new StorageClient(bus);
    this.feed = new LiveFeed(bus, rates, moveView);
    this.hub = new EventHub(node.vertx(), node.meters(), this::state);
    this.health = new HealthService(node, storage, view -> hub.publish("health", view));
    Authorizer authorizer = new Authorizer(node.policy(), audit);
    FileView fileView = new FileView(node.config());
    Bodies bodies = new Bodies(node.vertx(), node.config().http().maxControlBody());
    Once once = new Once(bus, node.config().node().id());
    MoveWait waits = new MoveWait(bus);
    TransferContext uploading = TransferContext.of(node, storage, HEAP_SHARE);
    TransferContext downloading = TransferContext.of(node, storage, HEAP_SHARE);
    UploadService uploads = new UploadService(node, uploading, authorizer, audit);

    new FileEndpoints(node, fileView, moveView, audit).bind(main);
    new ContentEndpoints(node, fileView, uploads, downloading, authorizer, audit).bind(main);
    new MoveEndpoints(bus, bodies, moveView, waits, once).bind(main);
    new BulkEndpoints(bus, bodies, moveView, once).bind(main);
    new ReplicaEndpoints(node, bodies, fileView, waits, once).bind(main);
    new ReplicationEndpoints(bus, bodies).bind(main);
    new SeedEndpoint(node, storage, bodies, once, uploads, audit).bind(main);
    new StorageTestEndpoint(node, storage, bodies, once, audit).bind(main);
    new StreamEndpoints(bus, bodies, node.clock()).bind(main);
    new TieringEndpoints(bus, bodies).bind(main);
    Set<String> tiers =
        node.config().locations().stream().map(LocationConfig::tier).collect(Collectors.toSet());
    new TrainingEndpoints(bus, bodies, once, tiers).bind(main);
    new ModelEndpoints(bus, bodies).bind(main);
    new BurstEndpoints(bus, bodies, once).bind(main);
    new SandboxEndpoints(bus, bodies, node.clock()).bind(main);
    new ConsistencyEndpoints(bus, bodies, once, new StoreChoice(node, storage, uploads, authorizer))
        .bind(main);
    new BackupEndpoints(bus, bodies, once).bind(main);
    new AuditEndpoint(bus).bind(main);
    new LocationsEndpoint(node, health).bind(main);
    new DocsEndpoints().bind(main);
    hub.bind(main);
    MetricsEndpoint metrics = new MetricsEndpoint(node.meters(), node.cpu());
    if (node.config().http().metricsOnApi()) {
      metrics.bind(main);
    }
    metrics.bind(management);
    new HealthEndpoints(health).bind(main);
    new HealthEndpoints(health).bind(management);
  }

  private ObjectNode state() {
    return feed.state().set("health", health.view());
  }

  /** Everything that clients may ask for. */
  Routes main() {
    return main;
  }

  /** What operators ask for on their own listener. */
  Routes management() {
    return management;
  }

  /** Starts listening to the bus. */
  Future<?> start() {
    audit.start();
    hub.start();
    return Future.all(health.start(), feed.start(hub));
  }

  /** Ends event streams; requests under way go on. */
  void closeStreams() {
    hub.stop();
    health.stop();
  }

  /** Sends what the audit trail still lacks. */
  Future<Void> stop() {
    return audit.stop();
  }
}
