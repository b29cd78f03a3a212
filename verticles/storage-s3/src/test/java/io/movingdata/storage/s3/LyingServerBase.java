package io.movingdata.storage.s3;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.storage.s3.ScriptedServer.Answer;
import io.movingdata.testkit.Results;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store in front of a scripted server, with short time-outs. */
abstract class LyingServerBase {
  static final S3Timeouts SHORT = new S3Timeouts(500, 2_000, 1_500, 5_000, 64 * 1024);
  static final Buffer HELLO = Buffer.buffer("hello");
  static final String HELLO_MD5 = "5d41402abc4b2a76b9719d911017c592";
  static final String OTHER_MD5 = "00000000000000000000000000000000";
  static final String SECRET = "secret-canary-4711";
  static final Answer HTML =
      Answer.status(200)
          .header("content-type", "text/html")
          .body("<html><body>Sign in to the network</body></html>");
  static final Answer EMPTY_LIST = Answer.status(200).body("<ListBucketResult/>");

  private final List<S3ObjectStore> stores = new ArrayList<>();
  private Vertx vertx;
  private ScriptedServer server;

  @BeforeEach
  void startServer() {
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setAddressResolverOptions(
                    new AddressResolverOptions()
                        .setHostsValue(Buffer.buffer("127.0.0.1 test-bucket.s3.test\n"))));
    server = outcome(ScriptedServer.start(vertx));
  }

  @AfterEach
  void stopServer() {
    for (S3ObjectStore store : stores) {
      outcome(store.close());
    }
    outcome(vertx.close());
  }

  final Vertx vertx() {
    return vertx;
  }

  final ScriptedServer server() {
    return server;
  }

  final S3ObjectStore store() {
    return store(location().build());
  }

  final S3ObjectStore store(LocationConfig location) {
    S3ObjectStore store =
        new S3ObjectStore(
            vertx, vertx.createSharedWorkerExecutor("cpu"), location, Clock.systemUTC(), SHORT);
    stores.add(store);
    return store;
  }

  final S3Locations location() {
    return S3Locations.at(server.endpoint()).keys("access", SECRET);
  }

  static Answer stored(String etag) {
    return Answer.status(200).header("etag", '"' + etag + '"');
  }

  /** What a head says of an object; the server sends no body for it. */
  static Answer head(String etag, long size) {
    return stored(etag)
        .header("content-length", Long.toString(size))
        .header("last-modified", "Fri, 02 Jan 2026 03:04:05 GMT");
  }

  static Map<String, String> noMetadata() {
    return Map.of();
  }

  /** The refusal that a future ends with, which never holds a secret. */
  static MovingDataException refusal(Future<?> future, ErrorCode code) {
    MovingDataException refused = Results.refusal(future, code);
    assertThat(refused).hasMessageNotContaining(SECRET).hasMessageStartingWith("s3 location");
    return refused;
  }
}
