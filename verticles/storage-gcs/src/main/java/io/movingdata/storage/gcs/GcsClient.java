package io.movingdata.storage.gcs;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.storage.BoundedBody;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * HTTP with one GCS endpoint: authorised, bounded in time and connections. It answers with whatever
 * status came and fails only where no answer came. Redirects are not followed (308 has a meaning of
 * its own, and another host must not be given our token) and nothing is decompressed.
 */
final class GcsClient {
  private static final String USER_AGENT = "MovingData";
  private static final int KEEP_ALIVE_SECONDS = 20;

  private final Vertx vertx;
  private final WorkerExecutor cpu;
  private final GcsEndpoint endpoint;
  private final GcsLimits limits;
  private final HttpClient bytes;
  private final WebClient web;
  private final GcsAuth auth;

  /**
   * A client of one location.
   *
   * @throws IllegalArgumentException if the endpoint or the credentials are unusable
   */
  GcsClient(
      Vertx vertx, WorkerExecutor cpu, LocationConfig location, GcsLimits limits, Clock clock) {
    this.vertx = vertx;
    this.cpu = cpu;
    this.endpoint = new GcsEndpoint(location.endpoint(), location.bucket());
    this.limits = limits;
    this.bytes = vertx.createHttpClient(options(limits), pool(limits));
    // A request's time-out ends with the head of its answer, so a stalled rest has to be noticed by
    // the connection. Connections of object bytes have none: a paused reader is not a stall.
    WebClientOptions web = new WebClientOptions(options(limits)).setUserAgent(USER_AGENT);
    web.setFollowRedirects(false);
    web.setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setIdleTimeout((int) limits.answerMs());
    this.web = WebClient.create(vertx, web, pool(limits));
    this.auth = new GcsAuth(vertx, this.web, clock, limits, location.gcs());
  }

  private static HttpClientOptions options(GcsLimits limits) {
    return new HttpClientOptions()
        .setConnectTimeout(limits.connectMs())
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setDecompressionSupported(false);
  }

  private static PoolOptions pool(GcsLimits limits) {
    return new PoolOptions()
        .setHttp1MaxSize(limits.connections())
        .setMaxWaitQueueSize(limits.waiting());
  }

  GcsEndpoint endpoint() {
    return endpoint;
  }

  /** Repeats an operation while the provider is busy or cannot be reached. */
  <T> Future<T> retrying(Supplier<Future<T>> operation) {
    return retrying(failure -> false, operation);
  }

  /** Repeats an operation also after failures that {@code also} names. */
  <T> Future<T> retrying(Predicate<Throwable> also, Supplier<Future<T>> operation) {
    long begun = System.nanoTime();
    return Retries.run(
        vertx,
        limits.retry(),
        failure ->
            (isPassing(failure) || also.test(failure))
                && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) < limits.retryForMs(),
        operation);
  }

  /**
   * Whether trying again soon is worth it. A wait longer than our own longest one is left to the
   * caller, who can do other work.
   */
  boolean isPassing(Throwable failure) {
    return failure instanceof MovingDataException e
        && (e.code() == ErrorCode.PROVIDER_BUSY || e.code() == ErrorCode.PROVIDER_DOWN)
        && e.retryAfterMs() <= limits.retry().capMs();
  }

  /** A request that carries JSON or, for null, nothing. Its target must not be a secret. */
  Future<GcsAnswer> call(HttpMethod method, String target, Buffer json, String operation) {
    return authorised(token -> send(method, target, token, json), GcsAnswer::status)
        .recover(failure -> Future.failedFuture(GcsErrors.unreachable(failure, operation)));
  }

  private Future<GcsAnswer> send(HttpMethod method, String target, String token, Buffer json) {
    BoundedBody collected = limits.answer();
    HttpRequest<Void> request =
        web.request(method, options(method, target).setTimeout(limits.answerMs()))
            .as(BodyCodec.pipe(collected));
    if (token != null) {
      request.bearerTokenAuthentication(token);
    }
    if (json != null) {
      request.putHeader("Content-Type", "application/json; charset=UTF-8");
    }
    return (json == null ? request.send() : request.sendBuffer(json))
        .map(answer -> new GcsAnswer(answer.statusCode(), answer.headers(), collected.bytes()));
  }

  /** A request that carries object bytes, or whose target is an upload's. */
  Future<GcsAnswer> upload(
      HttpMethod method, String target, MultiMap headers, Buffer body, String operation) {
    return authorised(
            token ->
                bytes
                    .request(withBytes(method, target, headers, token))
                    .compose(request -> new GcsUpload(vertx, limits, request, body).send()),
            GcsAnswer::status)
        .recover(failure -> Future.failedFuture(GcsErrors.unreachable(failure, operation)));
  }

  /** A request whose answer carries object bytes. */
  Future<GcsDownload.Opened> download(String target, MultiMap headers, String operation) {
    return authorised(
            token ->
                bytes
                    .request(withBytes(HttpMethod.GET, target, headers, token))
                    .compose(request -> GcsDownload.open(vertx, limits, request)),
            GcsDownload.Opened::status)
        .recover(failure -> Future.failedFuture(GcsErrors.unreachable(failure, operation)));
  }

  private RequestOptions withBytes(
      HttpMethod method, String target, MultiMap headers, String token) {
    RequestOptions options =
        options(method, target)
            .setHeaders(MultiMap.caseInsensitiveMultiMap().addAll(headers))
            .putHeader(HttpHeaders.USER_AGENT, USER_AGENT);
    return token == null ? options : options.putHeader("Authorization", "Bearer " + token);
  }

  private RequestOptions options(HttpMethod method, String target) {
    return new RequestOptions()
        .setMethod(method)
        .setHost(endpoint.host())
        .setPort(endpoint.port())
        .setSsl(endpoint.tls())
        .setURI(target)
        .setFollowRedirects(false)
        .setConnectTimeout(limits.connectMs());
  }

  /** A refused token is replaced once: it may have been revoked before its time. */
  private <T> Future<T> authorised(Function<String, Future<T>> send, ToIntFunction<T> status) {
    return auth.token()
        .compose(
            token ->
                send.apply(token)
                    .compose(
                        answer -> {
                          if (token == null || status.applyAsInt(answer) != 401) {
                            return Future.succeededFuture(answer);
                          }
                          auth.refused(token);
                          return auth.token().compose(send);
                        }));
  }

  /** Runs work too long for an event loop. */
  <T> Future<T> blocking(Callable<T> work) {
    return cpu.executeBlocking(work, false);
  }

  /** Closes the connections. */
  Future<Void> close() {
    web.close();
    return bytes.close();
  }
}
