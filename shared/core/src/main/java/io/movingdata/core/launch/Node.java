package io.movingdata.core.launch;

import io.micrometer.core.instrument.MeterRegistry;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.BusProbe;
import io.movingdata.core.cluster.ClusterSettings;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.metrics.NodeMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node: its Vert.x and the roles that it runs. */
public final class Node {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final Duration ROLES_STOP = Duration.ofSeconds(15);
  private static final Duration VERTX_STOP = Duration.ofSeconds(10);

  private final NodeContext context;
  private final NodeMetrics metrics;
  private final AccessPolicyWatch policy;
  private final RoleDeployment roles;

  private Node(NodeContext context, NodeMetrics metrics, AccessPolicyWatch policy) {
    this.context = context;
    this.metrics = metrics;
    this.policy = policy;
    this.roles = new RoleDeployment(context);
  }

  /**
   * Starts a node.
   *
   * @param available the roles to choose from; the configuration names those that run
   * @return completes when every role runs; fails with nothing left running
   */
  public static Future<Node> start(NodeConfig config, List<NodeRole> available) {
    List<NodeRole> chosen = RoleDeployment.select(available, config.node().roles());
    NodeMetrics metrics = new NodeMetrics();
    return vertx(config, metrics)
        .onFailure(failure -> metrics.close())
        .map(vertx -> make(vertx, config, metrics, chosen))
        .compose(
            node ->
                node.run(chosen)
                    .recover(failure -> node.stop().transform(any -> Future.failedFuture(failure)))
                    .map(node));
  }

  private static Future<Vertx> vertx(NodeConfig config, NodeMetrics metrics) {
    VertxOptions options =
        new VertxOptions()
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false));
    if (!config.cluster().enabled()) {
      return Future.succeededFuture(metrics.instrument(Vertx.builder(), options).build());
    }
    options.setEventBusOptions(ClusterSettings.bus(config.cluster()));
    VertxBuilder builder = metrics.instrument(Vertx.builder(), options);
    return builder
        .withClusterManager(ClusterSettings.manager(config.cluster()))
        .buildClustered()
        .onSuccess(vertx -> LOG.info("cluster {} joined", config.cluster().name()));
  }

  private static Node make(
      Vertx vertx, NodeConfig config, NodeMetrics metrics, List<NodeRole> roles) {
    AccessPolicyWatch policy = new AccessPolicyWatch(config);
    int cores = Runtime.getRuntime().availableProcessors();
    NodeContext context =
        new NodeContext(
            vertx,
            new Bus(vertx),
            config,
            Clock.systemUTC(),
            metrics.registry(),
            vertx.createSharedWorkerExecutor("movingdata-cpu", cores),
            policy,
            roles.stream().map(NodeRole::name).toList());
    return new Node(context, metrics, policy);
  }

  private Future<Void> run(List<NodeRole> chosen) {
    LOG.info(
        "node {} starts: profile {}, roles {}, locations {}",
        context.config().node().id(),
        context.config().profile(),
        context.roles(),
        context.config().locations().stream().map(l -> l.id()).toList());
    return policy
        .start(context.vertx())
        .compose(done -> new BusProbe(vertx(), context.config().node().id()).start(meters()))
        .compose(done -> roles.start(chosen))
        .onSuccess(done -> new Heartbeat(context).start());
  }

  /** What the roles were given. */
  public NodeContext context() {
    return context;
  }

  /** The node's Vert.x. */
  public Vertx vertx() {
    return context.vertx();
  }

  private MeterRegistry meters() {
    return context.meters();
  }

  /** Where the API listens; empty on a node without one. */
  public Optional<URI> api() {
    return Listeners.find(vertx(), Listeners.HTTP);
  }

  /**
   * Stops the roles in the opposite order of their start, then the bus and the cluster's
   * membership. Takes a bounded time and always succeeds.
   */
  public Future<Void> stop() {
    return stop(ROLES_STOP, VERTX_STOP);
  }

  Future<Void> stop(Duration forRoles, Duration forVertx) {
    return within(forRoles, "the roles", roles.stop())
        .compose(done -> within(forVertx, "the bus", vertx().close()))
        .onComplete(done -> metrics.close());
  }

  private static Future<Void> within(Duration time, String what, Future<Void> stopping) {
    return stopping
        .timeout(time.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(failure -> slow(what, failure));
  }

  private static Void slow(String what, Throwable failure) {
    LOG.warn("{} did not stop in time: {}", what, failure.toString());
    return null;
  }
}
