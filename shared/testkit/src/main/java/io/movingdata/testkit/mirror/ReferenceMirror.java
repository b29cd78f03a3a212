package io.movingdata.testkit.mirror;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A small mirror on a real socket. It takes {@code POST /changes} of {@code {file, reason,
 * version}}, ignores versions older than the one that it has, and answers {@code GET /files/{file}}
 * with {@code {file, version, sha256}}. Where it gets contents from, and how it fails, a test
 * decides.
 */
public final class ReferenceMirror implements AutoCloseable {
  private final Function<String, String> contents;
  private final Map<String, Entry> files = new ConcurrentHashMap<>();
  private final List<JsonObject> received = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private ExecutorService threads;
  private int port;
  private volatile int refusal;
  private volatile String refusedFile;

  /**
   * What it holds of a file.
   *
   * @param version the latest version that it was told of
   * @param deleted whether that was its deletion
   * @param sha256 of the content that it fetched then, null where it could not
   */
  public record Entry(long version, boolean deleted, String sha256) {}

  private ReferenceMirror(Function<String, String> contents) {
    this.contents = contents;
  }

  /**
   * Starts one on a free port of the loopback interface.
   *
   * @param contents the SHA-256 of a file's content as it fetches it, null where it cannot
   */
  public static ReferenceMirror start(Function<String, String> contents) {
    ReferenceMirror mirror = new ReferenceMirror(contents);
    mirror.up();
    return mirror;
  }

  /** Listens, again at the same port after {@link #down}. */
  public synchronized void up() {
    if (server != null) {
      return;
    }
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port = server.getAddress().getPort();
    threads = Executors.newFixedThreadPool(4);
    server.setExecutor(threads);
    server.createContext("/changes", this::changed);
    server.createContext("/files/", this::asked);
    server.start();
  }

  /** Stops listening; what it holds stays. */
  public synchronized void down() {
    if (server != null) {
      server.stop(0);
      threads.shutdownNow();
      server = null;
    }
  }

  /** Answers every change with that status, and takes none; 0 ends it. */
  public void refuseWith(int status) {
    refusal = status;
    refusedFile = null;
  }

  /** Answers changes of one file with that status. */
  public void refuse(String file, int status) {
    refusedFile = file;
    refusal = status;
  }

  /** Loses a file. */
  public void forget(String file) {
    files.remove(file);
  }

  /** Holds other content than it was given. */
  public void damage(String file) {
    files.computeIfPresent(
        file, (id, held) -> new Entry(held.version(), held.deleted(), "0".repeat(64)));
  }

  /** Fetches a file's content anew. */
  public void mend(String file) {
    files.computeIfPresent(
        file, (id, held) -> new Entry(held.version(), held.deleted(), contents.apply(file)));
  }

  /** Where changes are posted to. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port + "/changes");
  }

  /** Below which it can be asked. */
  public URI getUrl() {
    return URI.create("http://127.0.0.1:" + port + "/files");
  }

  /** What it holds, by file. */
  public Map<String, Entry> files() {
    return Map.copyOf(files);
  }

  /** Every change that reached it and was not refused, in order. */
  public List<JsonObject> received() {
    return List.copyOf(received);
  }

  private void changed(HttpExchange exchange) throws IOException {
    JsonObject change = new JsonObject(Buffer.buffer(exchange.getRequestBody().readAllBytes()));
    String file = change.getString("file");
    int status = refusal;
    if (status != 0 && (refusedFile == null || refusedFile.equals(file))) {
      answer(exchange, status, new JsonObject());
      return;
    }
    received.add(change);
    long version = change.getLong("version");
    boolean deleted = change.getString("reason").equals("deleted");
    Entry next = new Entry(version, deleted, deleted ? null : contents.apply(file));
    files.merge(file, next, (held, told) -> held.version() > told.version() ? held : told);
    answer(exchange, 200, new JsonObject().put("taken", true));
  }

  private void asked(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String file = URLDecoder.decode(path.substring("/files/".length()), StandardCharsets.UTF_8);
    Entry held = files.get(file);
    if (held == null || held.deleted()) {
      answer(exchange, 404, new JsonObject());
      return;
    }
    answer(
        exchange,
        200,
        new JsonObject()
            .put("file", file)
            .put("version", held.version())
            .put("sha256", held.sha256()));
  }

  private static void answer(HttpExchange exchange, int status, JsonObject body)
      throws IOException {
    byte[] bytes = body.encode().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    down();
  }
}
