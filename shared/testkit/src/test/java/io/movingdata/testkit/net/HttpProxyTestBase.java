package io.movingdata.testkit.net;

import static io.movingdata.testkit.Results.outcome;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A proxy between a client and a server that remembers what reached it. */
abstract class HttpProxyTestBase {
  private Vertx vertx;
  private HttpClient client;
  private RecordingServer server;
  private HttpFaultProxy proxy;

  record Answer(int status, MultiMap headers, Buffer body) {
    String text() {
      return body.toString();
    }
  }

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    client = vertx.createHttpClient();
    server = new RecordingServer(vertx);
    proxy = outcome(HttpFaultProxy.inFrontOf(vertx, server.endpoint()));
  }

  @AfterEach
  void stop() {
    outcome(proxy.close());
    outcome(vertx.close());
  }

  final Vertx vertx() {
    return vertx;
  }

  final HttpClient client() {
    return client;
  }

  final RecordingServer server() {
    return server;
  }

  final HttpFaultProxy proxy() {
    return proxy;
  }

  final Future<Answer> asking(HttpMethod method, String uri, Buffer body) {
    return client
        .request(method, proxy.port(), "127.0.0.1", uri)
        .compose(request -> body == null ? request.send() : request.send(body))
        .compose(
            answer ->
                answer
                    .body()
                    .map(bytes -> new Answer(answer.statusCode(), answer.headers(), bytes)));
  }

  final Answer get(String uri) {
    return outcome(asking(HttpMethod.GET, uri, null));
  }

  final Answer put(String uri, Buffer body) {
    return outcome(asking(HttpMethod.PUT, uri, body));
  }

  final Throwable failureOf(Future<?> asked) {
    return outcome(asked.<Throwable>map(v -> null).otherwise(failure -> failure));
  }
}
