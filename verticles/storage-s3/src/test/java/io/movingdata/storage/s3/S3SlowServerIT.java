package io.movingdata.storage.s3;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.testkit.Contents;
import io.movingdata.testkit.Results;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uploads to a server that takes its time: a slow one is waited for, a stalled one is not. */
class S3SlowServerIT {
  private static final long PROGRESS_MS = 1_500;
  private static final S3Timeouts TIMEOUTS =
      new S3Timeouts(500, 1_000, PROGRESS_MS, PROGRESS_MS, 64 * 1024);
  private static final Buffer BODY = Contents.buffer(1, 12_000_000);
  private static final long SIP_EVERY_MS = 20;
  private static final long SIP = 40_000;

  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    outcome(vertx.close());
  }

  @Test
  void aServerThatReadsSlowlyIsWaitedFor() {
    S3ObjectStore store = storeAt(serve(this::sip));
    long begun = System.nanoTime();

    assertThat(outcome(store.put("slow", Map.of(), BODY)).size()).isEqualTo(BODY.length());

    assertThat(System.nanoTime() - begun)
        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(2 * PROGRESS_MS));
    outcome(store.close());
  }

  @Test
  void aServerThatStopsReadingIsGivenUp() {
    S3ObjectStore store = storeAt(serve(HttpServerRequest::pause));

    Results.refusal(store.put("stalled", Map.of(), BODY), ErrorCode.PROVIDER_DOWN);

    outcome(store.close());
  }

  private interface Reading {
    Object begin(HttpServerRequest request);
  }

  /** A small receive buffer, so that bytes nobody has read do not look like progress. */
  private HttpServer serve(Reading reading) {
    HttpServerOptions options =
        new HttpServerOptions().setReceiveBufferSize(64 * 1024).setMaxChunkSize(8 * 1024);
    return outcome(
        vertx.createHttpServer(options).requestHandler(reading::begin).listen(0, "127.0.0.1"));
  }

  /** Reads at two million bytes a second. */
  private Object sip(HttpServerRequest request) {
    Buffer read = Buffer.buffer();
    long[] wanted = {0};
    long timer =
        vertx.setPeriodic(
            SIP_EVERY_MS,
            tick -> {
              wanted[0] += SIP;
              if (read.length() < wanted[0]) {
                request.fetch(1);
              }
            });
    request.handler(
        bytes -> {
          read.appendBuffer(bytes);
          if (read.length() < wanted[0]) {
            request.fetch(1);
          }
        });
    request.endHandler(
        end -> {
          vertx.cancelTimer(timer);
          request.response().putHeader("etag", S3Body.of(read).md5().hex()).end();
        });
    return request.pause();
  }

  private S3ObjectStore storeAt(HttpServer server) {
    S3Locations location = S3Locations.at("http://127.0.0.1:" + server.actualPort());
    return LocalS3.open(vertx, location, Clock.systemUTC(), TIMEOUTS);
  }
}
