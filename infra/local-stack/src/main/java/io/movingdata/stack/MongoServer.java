package io.movingdata.stack;

import io.movingdata.stack.mongo.DurableStore;
import io.movingdata.stack.mongo.WirePing;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A document store that speaks the MongoDB wire protocol and keeps everything in one file. A reply
 * goes out only when what it acknowledges would survive the death of the process.
 */
public final class MongoServer implements StackServer {

  private static final Logger log = LoggerFactory.getLogger(MongoServer.class);

  /** Each waits for its own commit, so their number is how many writes can share one. */
  private static final int CONNECTION_THREADS = 32;

  private final Path folder;
  private final String host;
  private final int wantedPort;
  private DurableStore store;
  private de.bwaldvogel.mongo.MongoServer server;

  /**
   * Describes a server that does not run yet.
   *
   * @param port the port to listen on, 0 for any free one
   */
  public MongoServer(Path folder, String host, int port) {
    this.folder = folder;
    this.host = host;
    this.wantedPort = port;
  }

  @Override
  public String name() {
    return "mongo";
  }

  @Override
  public void start() throws Exception {
    Files.createDirectories(folder);
    store = DurableStore.open(folder.resolve("store.mv"));
    try {
      server = new de.bwaldvogel.mongo.MongoServer(store.backend());
      server.bind(new InetSocketAddress(host, wantedPort), 1, CONNECTION_THREADS);
      WirePing.send(host, port());
    } catch (IOException | RuntimeException e) {
      stop();
      throw e;
    }
    log.info("mongo serves {} at {}", folder, endpoint());
  }

  @Override
  public String endpoint() {
    return "mongodb://" + host + ":" + port();
  }

  @Override
  public int port() {
    return server.getLocalAddress().getPort();
  }

  @Override
  public void stop() {
    if (server != null) {
      server.shutdownNow();
      server = null;
    }
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
