package io.movingdata.testkit.net;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A TCP proxy in front of a server that delays, slows, cuts, damages or swallows what passes.
 * Faults of a {@link Direction} hold for connections that begin later; all others at once.
 */
public final class FaultProxy {
  private static final String LOOPBACK = "127.0.0.1";

  /** Small, so that bytes which wait here do not look to their sender as if they had arrived. */
  private static final int BUFFER = 64 * 1024;

  private final URI target;
  private final NetServer server;
  private final NetClient client;
  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
  private final Map<Direction, LinkFaults> faults = new EnumMap<>(Direction.class);
  private final Map<Direction, AtomicLong> passed = new EnumMap<>(Direction.class);
  private final LostAnswers lostAnswers = new LostAnswers();
  private Promise<Void> thaw = Promise.promise();
  private boolean refusing;
  private int connections;

  private FaultProxy(Vertx vertx, URI target) {
    this.target = target;
    this.client = vertx.createNetClient(new NetClientOptions().setReceiveBufferSize(BUFFER));
    NetServerOptions options = new NetServerOptions().setReceiveBufferSize(BUFFER);
    this.server = vertx.createNetServer(options).connectHandler(socket -> connected(vertx, socket));
    passed.put(Direction.UP, new AtomicLong());
    passed.put(Direction.DOWN, new AtomicLong());
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

  /**
   * Holds every byte back, on connections that are open too, and tells nobody. Like a network that
   * swallows packets: what was held back arrives once it has healed, if its connection still lives.
   */
  public synchronized void freeze() {
    if (thaw.future().isComplete()) {
      thaw = Promise.promise();
    }
  }

  /**
   * Lets the next so many requests reach the server, and resets each one's connection when its
   * answer comes.
   *
   * @param matching tells a request by bytes that arrived together
   */
  public void loseAnswers(int times, Predicate<Buffer> matching) {
    lostAnswers.lose(times, matching);
  }

  /** How many answers were lost so far by {@link #loseAnswers}. */
  public int answersLost() {
    return lostAnswers.count();
  }

  /** How many bytes passed so far. */
  public long passed(Direction direction) {
    return passed.get(direction).get();
  }

  /** No faults any more. */
  public synchronized void heal() {
    refusing = false;
    lostAnswers.lose(0, request -> false);
    thaw.tryComplete();
    faults.put(Direction.UP, LinkFaults.NONE);
    faults.put(Direction.DOWN, LinkFaults.NONE);
  }

  /** Resets every open connection at once. */
  public void reset() {
    open.forEach(Resets::reset);
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
      Resets.reset(inner);
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
              Conversation talk = new Conversation();
              link(vertx, inner, outer, Direction.UP, talk);
              link(vertx, outer, inner, Direction.DOWN, talk);
            },
            failure -> inner.close());
  }

  private void link(
      Vertx vertx, NetSocket from, NetSocket to, Direction direction, Conversation talk) {
    new FaultyLink(vertx, from, to, faults(direction), talk.gate(direction))
        .open(() -> open.remove(from));
  }

  private synchronized Future<Void> thawed() {
    return thaw.future();
  }

  private void keep(NetSocket socket) {
    open.add(socket);
    socket.exceptionHandler(failure -> socket.close());
  }

  /** One connection: knows whether its next answer is to be lost. */
  private final class Conversation {
    private volatile boolean unanswered;

    LinkGate gate(Direction direction) {
      return new LinkGate() {
        @Override
        public Future<Void> open() {
          return thawed();
        }

        @Override
        public boolean admits(Buffer bytes) {
          return direction == Direction.UP ? asks(bytes) : answers();
        }

        @Override
        public void passed(int bytes) {
          passed.get(direction).addAndGet(bytes);
        }
      };
    }

    private boolean asks(Buffer request) {
      unanswered |= lostAnswers.concerns(request);
      return true;
    }

    private boolean answers() {
      if (unanswered) {
        lostAnswers.lost();
      }
      return !unanswered;
    }
  }
}
