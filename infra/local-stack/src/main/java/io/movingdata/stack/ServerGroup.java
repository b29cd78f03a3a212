package io.movingdata.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The servers of one process: started side by side, announced as they get ready, stopped together.
 */
final class ServerGroup {

  private final StackOptions options;
  private final Map<ServerKind, StackServer> servers = new LinkedHashMap<>();
  private final List<FolderLock> locks = new ArrayList<>();
  private final ExecutorService starters = threads("stack-start");

  ServerGroup(StackOptions options) {
    this.options = options;
    for (ServerKind kind : options.servers()) {
      servers.put(kind, create(kind));
    }
  }

  private StackServer create(ServerKind kind) {
    Path folder = options.data().resolve(kind.word());
    int port = options.ports().get(kind);
    return switch (kind) {
      case S3 ->
          new S3Server(folder, options.host(), port, options.s3AccessKey(), options.s3SecretKey());
      case AZURITE ->
          new AzuriteServer(
              options.azuriteDir(), folder, options.host(), port, () -> System.exit(1));
      case GCS -> new GcsServer(folder, options.host(), port, options.gcsAccess());
      case MONGO -> new MongoServer(folder, options.host(), port);
      case KAFKA -> new KafkaServer(folder, options.host(), port);
    };
  }

  /**
   * Starts all servers and writes a line for each that is ready, and one when all are.
   *
   * @throws StartException if one cannot start; the others may run then, until {@link #stop}
   */
  void start(PrintStream announcements) throws StartException {
    findFaults();
    Map<ServerKind, CompletableFuture<Void>> starts = new LinkedHashMap<>();
    servers.forEach(
        (kind, server) ->
            starts.put(
                kind, CompletableFuture.runAsync(() -> startOne(server, announcements), starters)));
    List<String> reasons = new ArrayList<>();
    Throwable cause = null;
    for (Map.Entry<ServerKind, CompletableFuture<Void>> start : starts.entrySet()) {
      try {
        start.getValue().join();
      } catch (CompletionException e) {
        cause = e.getCause();
        reasons.add(start.getKey().word() + " did not start: " + cause.getMessage());
      }
    }
    if (cause != null) {
      throw new StartException(reasons, cause);
    }
    announcements.println("{\"ready\":\"all\"}");
  }

  private static void startOne(StackServer server, PrintStream announcements) {
    try {
      server.start();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
    announcements.println(
        "{\"ready\":\"%s\",\"endpoint\":\"%s\",\"port\":%d}"
            .formatted(server.name(), server.endpoint(), server.port()));
  }

  /** Looks for taken ports and data in use before anything starts, to name them all at once. */
  private void findFaults() throws StartException {
    List<String> reasons = new ArrayList<>();
    Throwable cause = null;
    for (ServerKind kind : servers.keySet()) {
      try {
        locks.add(FolderLock.take(options.data(), kind.word()));
      } catch (IOException e) {
        cause = e;
        reasons.add(e.getMessage());
      }
      int port = options.ports().get(kind);
      try (ServerSocket probe = new ServerSocket()) {
        probe.setReuseAddress(true);
        probe.bind(new InetSocketAddress(options.host(), port));
      } catch (IOException | IllegalArgumentException e) {
        cause = e;
        reasons.add(
            "cannot listen on %s port %d (%s): %s; choose another with %s N (0 = any free one)"
                .formatted(options.host(), port, kind.word(), e.getMessage(), kind.portOption()));
      }
    }
    if (cause != null) {
      throw new StartException(reasons, cause);
    }
  }

  /**
   * Stops all servers, side by side, and what is still starting.
   *
   * @return whether all had stopped within the time
   */
  boolean stop(int seconds) {
    starters.shutdownNow();
    ExecutorService stoppers = threads("stack-stop");
    servers.values().forEach(server -> stoppers.execute(server::stop));
    stoppers.shutdown();
    try {
      return stoppers.awaitTermination(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static ExecutorService threads(String name) {
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
