package io.movingdata.stack;

import com.sun.net.httpserver.HttpServer;
import io.movingdata.stack.gcs.GcsAccess;
import io.movingdata.stack.gcs.GcsApi;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server of the Google Cloud Storage JSON API on a folder. */
public final class GcsServer implements StackServer {

  private static final Logger log = LoggerFactory.getLogger(GcsServer.class);
  private static final int BACKLOG = 256;

  static {
    // Without it every small reply waits for the acknowledgement of the one before, 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Path folder;
  private final String host;
  private final int wantedPort;
  private final GcsAccess access;
  private HttpServer server;
  private ExecutorService threads;

  /**
   * Describes a server that does not run yet.
   *
   * @param port the port to listen on, 0 for any free one
   * @param access who may call
   */
  public GcsServer(Path folder, String host, int port, GcsAccess access) {
    this.folder = folder;
    this.host = host;
    this.wantedPort = port;
    this.access = access;
  }

  @Override
  public String name() {
    return "gcs";
  }

  @Override
  public void start() throws Exception {
    Files.createDirectories(folder);
    GcsApi api = new GcsApi(folder, access);
    server = HttpServer.create(new InetSocketAddress(host, wantedPort), BACKLOG);
    AtomicInteger count = new AtomicInteger();
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "gcs-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", api);
    server.start();
    try {
      HttpProbe.await(endpoint() + "/storage/v1/b", access.isOpen() ? 200 : 401);
    } catch (IOException e) {
      stop();
      throw e;
    }
    log.info("gcs serves {} at {}", folder, endpoint());
  }

  @Override
  public String endpoint() {
    return "http://" + host + ":" + port();
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
      threads.shutdownNow();
      server = null;
    }
  }
}
