package io.movingdata.gateway;

import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.launch.Listeners;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.gateway.http.Authentication;
import io.movingdata.gateway.http.Listener;
import io.movingdata.gateway.http.RequestMeters;
import io.movingdata.gateway.http.ServerLimits;
import io.movingdata.gateway.pages.StaticPages;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the gateway of one node: the API listener, and one for operators where configured. */
public final class GatewayVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayVerticle.class);

  private final NodeContext node;
  private final ServerLimits limits;
  private Api api;
  private Listener main;
  private Listener management;
  private int port;

  public GatewayVerticle(NodeContext node) {
    this(node, ServerLimits.standard());
  }

  GatewayVerticle(NodeContext node, ServerLimits limits) {
    this.node = node;
    this.limits = limits;
  }

  @Override
  public Future<?> start() {
    NodeConfig.Http http = node.config().http();
    RequestMeters meters = new RequestMeters(node.meters());
    Authentication who = Authentication.of(node.config().access().mode());
    api = new Api(node);
    StaticPages pages = new StaticPages(vertx, node.config().node().webroot());
    main = new Listener(vertx, api.main(), who, meters, limits, pages);
    management = new Listener(vertx, api.management(), who, meters, limits, null);
    return api.start()
        .compose(ready -> main.start(http.host(), http.port()))
        .onSuccess(
            bound -> {
              port = bound;
              Listeners.announce(vertx, Listeners.HTTP, http.host(), bound);
              LOG.info("the API listens on http://{}:{}", http.host(), bound);
            })
        .compose(
            ready ->
                http.managementPort() < 0
                    ? Future.succeededFuture()
                    : management
                        .start(http.host(), http.managementPort())
                        .onSuccess(bound -> managed(http.host(), bound)));
  }

  private void managed(String host, int bound) {
    Listeners.announce(vertx, Listeners.MANAGEMENT, host, bound);
    LOG.info("health and metrics listen on http://{}:{}", host, bound);
  }

  /** The port of the API, once started. */
  int port() {
    return port;
  }

  @Override
  public Future<?> stop() {
    if (api == null) {
      return Future.succeededFuture();
    }
    api.closeStreams();
    return Future.join(main.stop(), management.stop()).eventually(() -> api.stop());
  }
}
