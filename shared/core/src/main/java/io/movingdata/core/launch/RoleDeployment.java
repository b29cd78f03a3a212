package io.movingdata.core.launch;

import io.movingdata.core.config.ConfigLoader;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts roles in their order, and stops in the opposite order what was started. */
final class RoleDeployment {
  private static final Logger LOG = LoggerFactory.getLogger(RoleDeployment.class);

  private record Deployed(String role, String id) {}

  private final NodeContext node;
  private final Deque<Deployed> deployed = new ArrayDeque<>();

  RoleDeployment(NodeContext node) {
    this.node = node;
  }

  /** The roles that a configuration asks for, in starting order. */
  static List<NodeRole> select(List<NodeRole> available, List<String> wanted) {
    boolean all = wanted.contains(ConfigLoader.ALL_ROLES);
    return available.stream()
        .filter(role -> all || wanted.contains(role.name()))
        .sorted(Comparator.comparingInt(NodeRole::order).thenComparing(NodeRole::name))
        .toList();
  }

  Future<Void> start(List<NodeRole> roles) {
    Future<Void> started = Future.succeededFuture();
    for (NodeRole role : roles) {
      started = started.compose(done -> start(role));
    }
    return started;
  }

  /** A role may load a provider's whole library while it makes its verticles. */
  private Future<Void> start(NodeRole role) {
    return node.vertx()
        .executeBlocking(() -> role.verticles(node))
        .compose(verticles -> deploy(role, verticles))
        .onFailure(failure -> LOG.error("role {} does not start", role.name(), failure));
  }

  private Future<Void> deploy(NodeRole role, List<Deployable> verticles) {
    Future<Void> started = Future.succeededFuture();
    for (Deployable verticle : verticles) {
      started =
          started
              .compose(done -> node.vertx().deployVerticle(verticle))
              .onSuccess(id -> deployed.push(new Deployed(role.name(), id)))
              .mapEmpty();
    }
    return started.onSuccess(
        done -> LOG.info("role {} runs ({} verticles)", role.name(), verticles.size()));
  }

  /** Stops all; a role that fails to stop does not keep the others from it. */
  Future<Void> stop() {
    Future<Void> stopped = Future.succeededFuture();
    while (!deployed.isEmpty()) {
      Deployed next = deployed.pop();
      stopped =
          stopped.compose(
              done ->
                  node.vertx()
                      .undeploy(next.id())
                      .otherwise(
                          failure -> {
                            LOG.warn("role {} does not stop cleanly", next.role(), failure);
                            return null;
                          }));
    }
    return stopped;
  }
}
