package io.movingdata.storage.s3;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.storage.BoundedBody;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Signed requests to one location's server, repeated where that is safe. Calls, whose answers fit
 * in memory, go through the web client; reads of objects have connections of their own, so that a
 * slow reader keeps nobody waiting.
 */
final class S3Client {
  private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.PUT, HttpMethod.POST);

  private final Vertx vertx;
  private final S3Endpoint endpoint;
  private final S3Signer signer;
  private final S3Clock clock;
  private final S3Errors errors;
  private final S3Timeouts timeouts;
  private final WebClient calls;
  private final HttpClientAgent callConnections;
  private final HttpClientAgent reads;

  S3Client(Vertx vertx, LocationConfig location, Clock clock, S3Timeouts timeouts) {
    this.vertx = vertx;
    this.endpoint = S3Endpoint.of(location);
    this.signer = new S3Signer(location.s3());
    this.clock = new S3Clock(clock);
    this.errors = new S3Errors(location.id(), this.clock);
    this.timeouts = timeouts;
    this.callConnections = timeouts.callConnections(vertx);
    this.reads = timeouts.readConnections(vertx);
    this.calls =
        WebClient.wrap(
            callConnections,
            new WebClientOptions().setFollowRedirects(false).setUserAgentEnabled(false));
  }

  /** How failures of this location are put. */
  S3Errors errors() {
    return errors;
  }

  /** What time it is for the server. */
  Instant now() {
    return clock.now();
  }

  /** Sends until there is an answer that is not worth another try; fails where it is a failure. */
  Future<S3Answer> call(S3Request request) {
    return attempt(request).compose(S3Answer::succeeded);
  }

  /** As {@link #call}, but a refusal that no repetition changes is an answer. */
  Future<S3Answer> attempt(S3Request request) {
    return repeating(() -> exchange(request).compose(S3Client::failIfWorthRepeating));
  }

  /**
   * Opens a download.
   *
   * @return the answer's head, paused, status 200 or 206
   */
  Future<HttpClientResponse> open(S3Request request) {
    return repeating(() -> openOnce(request));
  }

  /** Gives up a download and its connection. */
  static void abandon(HttpClientResponse response) {
    response.exceptionHandler(expected -> {}).request().reset();
  }

  Future<Void> close() {
    return Future.join(callConnections.close(), reads.close()).mapEmpty();
  }

  private <T> Future<T> repeating(Supplier<Future<T>> operation) {
    long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeouts.repeatForMs());
    Predicate<Throwable> repeat =
        failure -> isWorthRepeating(failure) && System.nanoTime() - giveUp < 0;
    return Retries.run(vertx, RetryPolicy.PROVIDER, repeat, operation);
  }

  private static Future<S3Answer> failIfWorthRepeating(S3Answer answer) {
    return answer.failure() != null && isRepeatable(answer.failure().code())
        ? Future.failedFuture(answer.failure())
        : Future.succeededFuture(answer);
  }

  /** A server that asks for a longer wait than a caller waits gets its wish from the caller. */
  private boolean isWorthRepeating(Throwable failure) {
    return failure instanceof MovingDataException known
        && isRepeatable(known.code())
        && known.retryAfterMs() <= timeouts.repeatForMs() / 2;
  }

  private static boolean isRepeatable(ErrorCode code) {
    return code == ErrorCode.PROVIDER_BUSY
        || code == ErrorCode.PROVIDER_DOWN
        || code == ErrorCode.CHECKSUM_MISMATCH;
  }

  private Future<S3Answer> exchange(S3Request request) {
    BoundedBody collected = timeouts.answer();
    HttpRequest<Void> http =
        calls.request(request.method(), options(request)).as(BodyCodec.pipe(collected));
    Buffer body = request.body().bytes();
    http.timeout(timeouts.headMs(body.length()));
    return (body.length() == 0 ? http.send() : http.sendStream(new Slices(body)))
        .map(
            answer ->
                errors.judge(request, answer.statusCode(), answer.headers(), collected.bytes()))
        .recover(failure -> Future.failedFuture(errors.unreachable(request, failure)));
  }

  private Future<HttpClientResponse> openOnce(S3Request request) {
    return reads
        .request(options(request))
        .compose(http -> http.idleTimeout(timeouts.progressMs()).send().map(S3Client::paused))
        .compose(
            response ->
                response.statusCode() == 200 || response.statusCode() == 206
                    ? Future.succeededFuture(response)
                    : refused(request, response))
        .recover(failure -> Future.failedFuture(errors.unreachable(request, failure)));
  }

  /** At once, before a byte is lost for want of a reader. */
  private static HttpClientResponse paused(HttpClientResponse response) {
    return response.pause();
  }

  private Future<HttpClientResponse> refused(S3Request request, HttpClientResponse response) {
    BoundedBody collected = timeouts.answer();
    return response
        .pipeTo(collected)
        .timeout(timeouts.progressMs(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> abandon(response))
        .compose(
            ended -> {
              S3Answer answer =
                  errors.judge(
                      request, response.statusCode(), response.headers(), collected.bytes());
              return Future.failedFuture(
                  answer.failure() != null
                      ? answer.failure()
                      : errors.nonsense(request, "status " + answer.status()));
            });
  }

  private RequestOptions options(S3Request request) {
    String path = endpoint.path(request.key());
    String query = Percent.query(request.query());
    Map<String, String> headers = new TreeMap<>(request.headers());
    headers.put("host", endpoint.hostHeader());
    MultiMap signed = MultiMap.caseInsensitiveMultiMap();
    signer
        .signForS3(
            request.method().name(), path, query, headers, request.body().sha256(), clock.now())
        .forEach(signed::add);
    if (WITH_BODY.contains(request.method())) {
      signed.set("content-length", Integer.toString(request.body().size()));
    }
    return new RequestOptions()
        .setMethod(request.method())
        .setSsl(endpoint.ssl())
        .setHost(endpoint.host())
        .setPort(endpoint.port())
        .setURI(query.isEmpty() ? path : path + "?" + query)
        .setHeaders(signed)
        .setConnectTimeout(timeouts.connectionMs())
        .setFollowRedirects(false);
  }
}
