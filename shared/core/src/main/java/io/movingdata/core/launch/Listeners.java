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

  /** Tells that a listener is open; called by the role that opened it. */
  public static void announce(Vertx vertx, String name, URI address) {
    known(vertx).put(name, address.toString());
  }

  /** The address of an open listener. */
  public static Optional<URI> find(Vertx vertx, String name) {
    return Optional.ofNullable(known(vertx).get(name)).map(URI::create);
  }

  private static LocalMap<String, String> known(Vertx vertx) {
    return vertx.sharedData().getLocalMap("movingdata.listeners");
  }
}
