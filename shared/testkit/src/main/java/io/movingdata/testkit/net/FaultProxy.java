package io.movingdata.testkit.net;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy in front of a server that delays, slows, cuts, damages or swallows what passes.
 * Faults can be changed at any time and hold for connections that begin later.
 */
public final class FaultProxy {
  private static final String LOOPBACK = "127.0.0.1";

  private final URI target;
  private final NetServer server;
  private final NetClient client;
  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
  private final Map<Direction, LinkFaults> faults = new EnumMap<>(Direction.class);
  private boolean refusing;
  private int connections;

  private FaultProxy(Vertx vertx, URI target) {
    this.target = target;
    this.client = vertx.createNetClient();
    this.server = vertx.createNetServer().connectHandler(socket -> connected(vertx, socket));
    heal();
  }

  /** A proxy on a free port in front of a server's endpoint. */
  public static Future<FaultProxy> inFrontOf(Vertx vertx, URI endpoint) {
    FaultProxy proxy = new FaultProxy(vertx, endpoint);
    return proxy.server.listen(0, LOOPBACK).map(listening -> proxy);
  }

  /** The endpoint to use in place of the server's own. */
  public URI endpoint() {
    return URI.create(target.getScheme() + "://" + LOOPBACK + ":" + port() + target.getRawPath());
  }

  /** The proxy's port. */
  public int port() {
    return server.actualPort();
  }

  /** Sets the faults of one direction. */
  public synchronized void set(Direction direction, LinkFaults wanted) {
    faults.put(direction, wanted);
  }

  /** Refuses every new connection with a reset. */
  public synchronized void refuse() {
    refusing = true;
  }

  /** No faults any more. */
  public synchronized void heal() {
    refusing = false;
    faults.put(Direction.UP, LinkFaults.NONE);
    faults.put(Direction.DOWN, LinkFaults.NONE);
  }

  /** Ends every open connection at once. */
  public void reset() {
    open.forEach(NetSocket::close);
  }

  /** How many connections were made so far. */
  public synchronized int connections() {
    return connections;
  }

  /** Stops listening and ends every connection. */
  public Future<Void> close() {
    reset();
    return server.close().eventually(client::close);
  }

  private synchronized LinkFaults faults(Direction direction) {
    return faults.get(direction);
  }

  private synchronized boolean admits() {
    connections++;
    return !refusing;
  }

  private void connected(Vertx vertx, NetSocket inner) {
    if (!admits()) {
      inner.close();
      return;
    }
    keep(inner);
    inner.pause();
    client
        .connect(target.getPort(), target.getHost())
        .onComplete(
            outer -> {
              keep(outer);
              outer.pause();
              FaultyLink up = new FaultyLink(vertx, inner, outer, faults(Direction.UP));
              FaultyLink down = new FaultyLink(vertx, outer, inner, faults(Direction.DOWN));
              up.open(() -> open.remove(inner));
              down.open(() -> open.remove(outer));
            },
            failure -> inner.close());
  }

  private void keep(NetSocket socket) {
    open.add(socket);
    socket.exceptionHandler(failure -> socket.close());
  }
}
