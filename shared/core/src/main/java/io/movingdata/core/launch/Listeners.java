package io.movingdata.core.launch;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import java.net.URI;
import java.util.Optional;

/** Where this node really listens, which a configured port of 0 does not tell. */
public final class Listeners {
  /** The API. */
  public static final String HTTP = "http";

  /** Metrics and health on their own. */
  public static final String MANAGEMENT = "management";

  private Listeners() {}

  /**
   * Tells that a listener is open; called by the role that opened it.
   *
   * @param host the address that was bound; a wildcard is told as loopback, where it answers too
   * @param port the port that was bound
   */
  public static void announce(Vertx vertx, String name, String host, int port) {
    boolean any = host.equals("0.0.0.0") || host.equals("::");
    String reachable = any ? "127.0.0.1" : host.indexOf(':') < 0 ? host : "[" + host + "]";
    known(vertx).put(name, "http://" + reachable + ":" + port);
  }

  /** The address of an open listener. */
  public static Optional<URI> find(Vertx vertx, String name) {
    return Optional.ofNullable(known(vertx).get(name)).map(URI::create);
  }

  private static LocalMap<String, String> known(Vertx vertx) {
    return vertx.sharedData().getLocalMap("movingdata.listeners");
  }
}
