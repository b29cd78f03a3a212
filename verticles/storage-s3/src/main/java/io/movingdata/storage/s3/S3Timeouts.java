package io.movingdata.storage.s3;

import io.movingdata.core.storage.BoundedBody;
import io.movingdata.core.storage.ProgressFloor;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.TimeUnit;

/**
 * How long a server may take for what, and how much of it there may be.
 *
 * @param connectMs to accept a connection
 * @param connectionMs until a connection is free or made
 * @param progressMs without progress in either direction while bytes or an answer are due
 * @param repeatForMs after which no call is repeated again
 * @param maxAnswerBytes of an answer that is not an object
 */
record S3Timeouts(
    int connectMs, long connectionMs, long progressMs, long repeatForMs, int maxAnswerBytes) {

  /**
   * For real servers. A page of a thousand long keys is below 2 MiB; a call that must fail has
   * failed before its caller on the bus stops waiting.
   */
  static final S3Timeouts DEFAULT = new S3Timeouts(2_000, 5_000, 15_000, 10_000, 8 << 20);

  /** Bytes that are progress; fewer, however often they come, are none. */
  private static final int PROGRESS_BYTES = 64 * 1024;

  private static final int KEEP_ALIVE_SECONDS = 10;
  private static final int CONNECTIONS = 64;
  private static final int WAITING = 512;

  /** Bytes that may lie unsent in the kernel, where they look like no progress. */
  private static final int UNSENT = 512 * 1024;

  /** How long the head of an answer may take, the sending of so many bytes included. */
  long headMs(long bytes) {
    return progressMs * (1 + bytes / PROGRESS_BYTES);
  }

  /** The slowest that bytes may come. */
  ProgressFloor floor() {
    return new ProgressFloor(progressMs, PROGRESS_BYTES);
  }

  /** Where an answer is collected that is not an object. */
  BoundedBody answer() {
    return new BoundedBody(maxAnswerBytes, floor());
  }

  /** Connections on which time without progress ends the exchange. */
  HttpClientAgent callConnections(Vertx vertx) {
    HttpClientOptions options = options();
    options
        .setIdleTimeout((int) progressMs)
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setSendBufferSize(UNSENT);
    return build(vertx, options);
  }

  /** Connections whose reader decides the pace, and watches the progress. */
  HttpClientAgent readConnections(Vertx vertx) {
    return build(vertx, options());
  }

  private static HttpClientAgent build(Vertx vertx, HttpClientOptions options) {
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING);
    return vertx.httpClientBuilder().with(options).with(pool).build();
  }

  /** Kept alive for less long than servers do, or requests would meet closed connections. */
  private HttpClientOptions options() {
    return new HttpClientOptions()
        .setConnectTimeout(connectMs)
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setDecompressionSupported(false)
        .setMaxHeaderSize(16 * 1024)
        .setMaxChunkSize(64 * 1024)
        .setTcpNoDelay(true);
  }
}
