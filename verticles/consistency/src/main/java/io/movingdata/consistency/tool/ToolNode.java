package io.movingdata.consistency.tool;

import io.movingdata.core.bus.Done;
import io.movingdata.core.config.ConfigLoader;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.CatalogStatus;
import io.movingdata.core.launch.Node;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.NodeRole;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A node inside a command: the roles that keep the catalog and the locations and no other, and no
 * cluster, so that it works whether the system's own nodes run or not.
 */
public final class ToolNode implements AutoCloseable {
  private static final Duration CATALOG = Duration.ofSeconds(15);
  private static final long PAUSE_MS = 200;

  private final Node node;
  private final Context context;

  private ToolNode(Node node) {
    this.node = node;
    this.context = node.vertx().getOrCreateContext();
  }

  /**
   * Starts it.
   *
   * @param conf the folder of the configuration
   * @param environment its variables; what a command needs otherwise is put over them
   * @param readOnly whether nothing may be written to the catalog
   * @throws io.movingdata.core.config.ConfigException where the configuration is not valid
   * @throws UnreachableException where the metadata store does not answer
   */
  public static ToolNode start(Path conf, Map<String, String> environment, boolean readOnly)
      throws InterruptedException {
    List<NodeRole> roles =
        ServiceLoader.load(NodeRole.class).stream().map(ServiceLoader.Provider::get).toList();
    List<String> names = roles.stream().map(NodeRole::name).toList();
    Map<String, String> own = new HashMap<>(environment);
    own.put("CLUSTER_ENABLED", "0");
    own.put("MANAGEMENT_PORT", "-1");
    own.put("MONGO_READ_ONLY", readOnly ? "1" : "0");
    own.put(
        "NODE_ROLES",
        String.join(
            ",",
            names.stream().filter(n -> n.equals("catalog") || n.contains("storage")).toList()));
    own.remove("NODE_ID");
    NodeConfig config = ConfigLoader.load(conf, own, names).config();
    ToolNode tool = new ToolNode(await(Node.start(config, roles)));
    CatalogStatus status = tool.run(ToolNode::connected);
    if (!status.connected()) {
      tool.close();
      throw new UnreachableException("the metadata store: " + status.detail());
    }
    return tool;
  }

  private static Future<CatalogStatus> connected(NodeContext node) {
    return connected(node, System.nanoTime() + CATALOG.toNanos());
  }

  private static Future<CatalogStatus> connected(NodeContext node, long until) {
    return node.bus()
        .request(CatalogApi.STATUS, Done.DONE)
        .compose(
            status ->
                status.connected() || System.nanoTime() > until
                    ? Future.succeededFuture(status)
                    : node.vertx()
                        .timer(PAUSE_MS, TimeUnit.MILLISECONDS)
                        .compose(fired -> connected(node, until)));
  }

  /** Runs work on an event loop of the node, and waits for it. */
  public <T> T run(Function<NodeContext, Future<T>> work) throws InterruptedException {
    Promise<T> promise = Promise.promise();
    context.runOnContext(
        on -> {
          try {
            work.apply(node.context()).onComplete(promise);
          } catch (RuntimeException e) {
            promise.fail(e);
          }
        });
    return await(promise.future());
  }

  private static <T> T await(Future<T> future) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    future.onComplete(any -> done.countDown());
    done.await();
    if (future.failed()) {
      throw future.cause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(future.cause());
    }
    return future.result();
  }

  /**
   * The locations to look at: those asked for, or all.
   *
   * @throws WrongUseException where one is not configured
   */
  public List<String> locations(List<String> asked) {
    List<String> all =
        node.context().config().locations().stream().map(LocationConfig::id).toList();
    for (String one : asked) {
      if (!all.contains(one)) {
        throw new WrongUseException("there is no location " + one + "; configured are " + all);
      }
    }
    return asked.isEmpty() ? all : asked.stream().distinct().toList();
  }

  /** Stops it; takes a bounded time. */
  @Override
  public void close() {
    try {
      await(node.stop());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
