package io.movingdata.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.config.Provider;
import io.movingdata.core.json.Json;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.metrics.NodeMetrics;
import io.movingdata.core.security.AccessPolicy;
import io.movingdata.core.security.Keyring;
import io.movingdata.core.storage.StorageWorker;
import io.movingdata.gateway.fixture.FakeCatalog;
import io.movingdata.gateway.fixture.FakeMover;
import io.movingdata.gateway.http.ServerLimits;
import io.movingdata.testkit.storage.MemoryObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A gateway on a real socket, in front of storage workers in memory and a fake catalog and mover.
 */
public final class GatewayFixture implements AutoCloseable {
  public static final long MAX_OBJECT = 40L * 1024 * 1024;
  private static final List<String> IDS = List.of("s3", "azure", "gcs");

  public final Vertx vertx = Vertx.vertx();
  public final Bus bus = new Bus(vertx);
  public final FakeCatalog catalog = new FakeCatalog(bus);
  public final FakeMover mover = new FakeMover(bus, catalog);
  public final Map<String, MemoryObjectStore> stores =
      IDS.stream().collect(Collectors.toMap(id -> id, MemoryObjectStore::named));
  public final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  public final GatewayVerticle gateway;
  private final String deployment;
  private final NodeMetrics metrics = new NodeMetrics();

  private GatewayFixture(String mode, ServerLimits limits) {
    List<LocationConfig> locations =
        List.of(location("s3", "hot"), location("azure", "warm"), location("gcs", "cold"));
    NodeConfig config =
        new NodeConfig(
            "local",
            new NodeConfig.Node(
                "node-1",
                List.of("all"),
                Path.of("../../seeds"),
                Path.of("../../webroot"),
                null,
                null,
                false),
            new NodeConfig.Http("127.0.0.1", 0, 0, 64 * 1024, MAX_OBJECT, true),
            null,
            null,
            null,
            locations,
            null,
            new NodeConfig.Collector(1_000, 1_000, 60_000, true, 60_000),
            new NodeConfig.Access(mode, null),
            null,
            null,
            null);
    NodeContext node =
        new NodeContext(
            vertx,
            bus,
            config,
            Clock.systemUTC(),
            metrics.registry(),
            vertx.createSharedWorkerExecutor("cpu", 2),
            AccessPolicy::defaults,
            List.of("gateway"));
    for (LocationConfig location : locations) {
      outcome(vertx.deployVerticle(StorageWorker.of(bus, location, stores.get(location.id()))));
    }
    outcome(catalog.start());
    outcome(mover.start());
    gateway = new GatewayVerticle(node, limits);
    deployment = outcome(vertx.deployVerticle(gateway));
  }

  /** Stops the gateway alone. */
  public Future<Void> stopGateway() {
    return vertx.undeploy(deployment);
  }

  /** A gateway in open mode with usual limits. */
  public static GatewayFixture start() {
    return start("open", ServerLimits.standard());
  }

  /** A gateway. */
  public static GatewayFixture start(String mode, ServerLimits limits) {
    return new GatewayFixture(mode, limits);
  }

  private static LocationConfig location(String id, String tier) {
    byte[] key =
        ("not secret, test key of " + id + "................")
            .substring(0, 32)
            .getBytes(StandardCharsets.US_ASCII);
    String text = Base64.getUrlEncoder().encodeToString(key);
    return new LocationConfig(
        id,
        Provider.S3,
        URI.create("http://127.0.0.1:1/"),
        "bucket-" + id,
        null,
        null,
        null,
        Keyring.parse(text, "test"),
        AccessPolicy.DEFAULT_ROLES.get(id),
        tier,
        "nowhere-1",
        0.02,
        0.09,
        4);
  }

  /** The value of a future. */
  public static <T> T outcome(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("a future failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** How many event streams are open. */
  public int streams() {
    return (int) metrics.registry().get("movingdata.event.streams").gauge().value();
  }

  public int port() {
    return gateway.port();
  }

  /** A request to a raw path. */
  public HttpRequest.Builder request(String rawPath) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + rawPath));
  }

  /** Sends a request. */
  public HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError("the request failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  public HttpResponse<byte[]> get(String rawPath) {
    return send(request(rawPath));
  }

  public HttpResponse<byte[]> put(String rawPath, byte[] content, String... headers) {
    HttpRequest.Builder request = request(rawPath).PUT(BodyPublishers.ofByteArray(content));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<byte[]> post(String rawPath, String json, String... headers) {
    HttpRequest.Builder request =
        request(rawPath)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** The body as JSON. */
  public static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return Json.mapper().readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + new String(response.body(), StandardCharsets.UTF_8));
    }
  }

  /** Sends bytes as they are and reads until the server closes or falls silent. */
  public String raw(String bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(5_000);
      try {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
      } catch (SocketException refusedBeforeAllWasSent) {
        // What it answered is read all the same.
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    outcome(vertx.close());
    metrics.close();
  }
}
