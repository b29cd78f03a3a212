package io.movingdata.consistency.mirror;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Requests to mirrors. A name is resolved for each of them and judged, and the connection goes to
 * the very address that was judged; redirects are not followed; an answer is at most 64 KiB long
 * and has 15 seconds.
 */
final class MirrorHttp {
  private static final int MOST_BYTES = 64 * 1024;
  private static final long PATIENCE_MS = 15_000;
  private static final int CONNECT_MS = 5_000;

  private final Vertx vertx;
  private final HttpClient client;
  private final AddressGuard guard;
  private final Names names;

  /** What names stand for. */
  interface Names {
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  /** What a mirror answered. */
  record Answered(int status, String retryAfter, Buffer body) {}

  MirrorHttp(Vertx vertx, AddressGuard guard, Names names) {
    this.vertx = vertx;
    this.guard = guard;
    this.names = names;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_MS).setIdleTimeout(30),
            new PoolOptions().setHttp1MaxSize(16));
  }

  /** Posts JSON. */
  Future<Answered> post(URI url, Buffer json) {
    return send(HttpMethod.POST, url, target(url, ""), json);
  }

  /** Asks for what lies below an address under a file's id, as one segment. */
  Future<Answered> get(URI base, String fileId) {
    String segment = URLEncoder.encode(fileId, StandardCharsets.UTF_8).replace("+", "%20");
    boolean slash = base.getRawPath() != null && base.getRawPath().endsWith("/");
    return send(HttpMethod.GET, base, target(base, (slash ? "" : "/") + segment), null);
  }

  private static String target(URI url, String more) {
    String path = (url.getRawPath() == null ? "" : url.getRawPath()) + more;
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return (path.isEmpty() ? "/" : path) + query;
  }

  private Future<Answered> send(HttpMethod method, URI url, String target, Buffer json) {
    boolean tls = "https".equals(url.getScheme());
    int usual = tls ? 443 : 80;
    int port = url.getPort() < 0 ? usual : url.getPort();
    return address(url.getHost())
        .compose(
            address ->
                client.request(
                    new RequestOptions()
                        .setMethod(method)
                        .setServer(SocketAddress.inetSocketAddress(port, address))
                        .setHost(url.getHost())
                        .setPort(port)
                        .setSsl(tls)
                        .setFollowRedirects(false)
                        .setURI(target)))
        .compose(request -> exchange(request, url, json));
  }

  private Future<String> address(String host) {
    return vertx
        .executeBlocking(() -> names.resolve(host), false)
        .map(
            resolved -> {
              if (!guard.allows(resolved)) {
                throw new MirrorException(
                    "its address is private; REPLICA_ALLOW_PRIVATE would allow it");
              }
              return resolved.get(0).getHostAddress();
            });
  }

  private Future<Answered> exchange(HttpClientRequest request, URI url, Buffer json) {
    // Whoever waits for the answer hears of it; nobody else needs to.
    request.connection().exceptionHandler(lost -> {});
    request.putHeader("user-agent", "MovingData").putHeader("accept", "application/json");
    if (url.getUserInfo() != null) {
      byte[] user = url.getUserInfo().getBytes(StandardCharsets.UTF_8);
      request.putHeader("authorization", "Basic " + Base64.getEncoder().encodeToString(user));
    }
    Promise<Answered> answered = Promise.promise();
    long timer =
        vertx.setTimer(
            PATIENCE_MS,
            fired -> {
              answered.tryFail(new MirrorException("it did not answer in time"));
              request.reset();
            });
    Future<HttpClientResponse> response =
        json == null
            ? request.send()
            : request.putHeader("content-type", "application/json").send(json);
    response.onComplete(got -> read(request, got, answered), answered::tryFail);
    return answered.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private static void read(
      HttpClientRequest request, HttpClientResponse response, Promise<Answered> answered) {
    Buffer body = Buffer.buffer();
    response.exceptionHandler(answered::tryFail);
    response.handler(
        chunk -> {
          if (body.length() + chunk.length() > MOST_BYTES) {
            answered.tryFail(new MirrorException("its answer is longer than 64 KiB"));
            request.reset();
          } else {
            body.appendBuffer(chunk);
          }
        });
    response.endHandler(
        end ->
            answered.tryComplete(
                new Answered(response.statusCode(), response.getHeader("retry-after"), body)));
  }

  Future<Void> close() {
    return client.close();
  }
}
