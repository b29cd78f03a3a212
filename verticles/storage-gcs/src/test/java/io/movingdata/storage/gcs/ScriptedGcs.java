package io.movingdata.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.LocationConfig.GcsCredentials;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.retry.RetryPolicy;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server that answers what the test wrote down, in order, and remembers what it was asked. */
final class ScriptedGcs implements AutoCloseable {
  static final String BUCKET = "bucket-1";
  static final String UPLOADS = "/upload/storage/v1/b/bucket-1/o";

  /** Short times, so that a stall is noticed within a test. */
  static final GcsLimits LIMITS =
      new GcsLimits(2_000, 2_000, 1_000, 64 * 1024, 4, 16, new RetryPolicy(3, 5, 2_000), 20_000);

  /** A request as it came. */
  record Seen(String method, String target, MultiMap headers, Buffer body) {
    String header(String name) {
      return headers.get(name);
    }
  }

  /** How to answer one request. */
  interface Reply {
    void answer(HttpServerRequest request);
  }

  private static final Reply DEAF = request -> {};

  private final Vertx vertx = Vertx.vertx();
  private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  ScriptedGcs() {
    server = await(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
  }

  private void handle(HttpServerRequest request) {
    if (script.peek() == DEAF) {
      script.remove();
      request.pause();
      seen.add(
          new Seen(request.method().name(), request.uri(), request.headers(), Buffer.buffer()));
      return;
    }
    request
        .body()
        .onSuccess(
            body -> {
              seen.add(new Seen(request.method().name(), request.uri(), request.headers(), body));
              Reply reply = script.poll();
              (reply == null ? status(500, "") : reply).answer(request);
            });
  }

  ScriptedGcs then(Reply reply) {
    script.add(reply);
    return this;
  }

  /** The next request's body is not read. */
  ScriptedGcs deaf() {
    return then(DEAF);
  }

  List<Seen> seen() {
    return seen;
  }

  Seen seen(int index) {
    return seen.get(index);
  }

  /** Every answer was used. */
  void finished() {
    assertThat(script).isEmpty();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  String session() {
    return endpoint() + UPLOADS + "?uploadType=resumable&upload_id=s3cret-session";
  }

  GcsObjectStore store() {
    return store(null, Clock.systemUTC());
  }

  GcsObjectStore store(GcsCredentials credentials, Clock clock) {
    return new GcsObjectStore(vertx, cpu(vertx), location(endpoint(), credentials), clock, LIMITS);
  }

  /** A store all of whose reads share one connection. */
  GcsObjectStore storeOfOneConnection() {
    GcsLimits limits = new GcsLimits(2_000, 2_000, 1_000, 64 * 1024, 1, 16, LIMITS.retry(), 20_000);
    return new GcsObjectStore(
        vertx, cpu(vertx), location(endpoint(), null), Clock.systemUTC(), limits);
  }

  static WorkerExecutor cpu(Vertx vertx) {
    return vertx.createSharedWorkerExecutor("cpu");
  }

  static LocationConfig location(URI endpoint, GcsCredentials credentials) {
    return Locations.of(endpoint, BUCKET, credentials);
  }

  static Reply status(int status, String body, String... headers) {
    return bytes(status, Buffer.buffer(body), headers);
  }

  static Reply bytes(int status, Buffer body, String... headers) {
    return request -> {
      HttpServerResponse response = request.response().setStatusCode(status);
      for (int i = 0; i < headers.length; i += 2) {
        response.putHeader(headers[i], headers[i + 1]);
      }
      response.end(body);
    };
  }

  /** 308 with what is held; 0 leaves the header out, as Google does. */
  static Reply held(long bytes) {
    return bytes == 0 ? status(308, "") : status(308, "", "Range", "bytes=0-" + (bytes - 1));
  }

  /** The connection breaks without an answer. */
  static Reply lost() {
    return request -> request.connection().close();
  }

  /** No answer, ever. */
  static Reply silence() {
    return request -> {};
  }

  static Reply object(String key, Buffer content, long generation) {
    return status(200, resource(key, content, generation), "Content-Type", "application/json");
  }

  static String resource(String key, Buffer content, long generation) {
    BodyDigest digest = BodyDigest.of(content);
    return """
        {"kind":"storage#object","name":"%s","size":"%d","generation":"%d","crc32c":"%s",
        "md5Hash":"%s","metadata":{"copy":"c-1"},"updated":"2026-11-20T10:11:12.123Z"}"""
        .formatted(
            key, content.length(), generation, digest.crc32c().base64(), digest.md5().base64());
  }

  static Reply error(int status, String reason, String message, String... headers) {
    return status(
        status,
        """
        {"error":{"code":%d,"message":"%s","errors":[{"domain":"global","reason":"%s",
        "message":"%s"}]}}"""
            .formatted(status, message, reason, message),
        headers);
  }

  static Buffer content(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return Buffer.buffer(bytes);
  }

  static Map<String, String> metadata() {
    return Map.of("copy", "c-1");
  }

  /** The outcome; a failure of ours is thrown as it is. */
  static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("nothing happened within 20 s", e);
    }
  }

  /** The failure that must come. */
  static MovingDataException failure(Future<?> future) {
    try {
      Object value = future.await(20, TimeUnit.SECONDS);
      throw new AssertionError("succeeded with " + value);
    } catch (TimeoutException e) {
      throw new AssertionError("nothing happened within 20 s", e);
    } catch (MovingDataException e) {
      return e;
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
