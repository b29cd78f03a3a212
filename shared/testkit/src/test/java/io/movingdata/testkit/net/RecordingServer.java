package io.movingdata.testkit.net;

import static io.movingdata.testkit.Results.outcome;

import io.movingdata.testkit.Contents;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that remembers what reached it. It answers {@code /count} with how many requests it had,
 * {@code /resume} with a 308, anything else with the same bytes.
 */
final class RecordingServer {
  static final Buffer ANSWER = Contents.buffer(1, 100_000);

  private final HttpServer server;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  record Seen(String method, String uri, String host, String expect, Buffer body) {}

  RecordingServer(Vertx vertx) {
    server = vertx.createHttpServer().requestHandler(this::asked);
    outcome(server.listen(0, "127.0.0.1"));
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/base");
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  List<Buffer> bodies() {
    return seen.stream().map(Seen::body).toList();
  }

  private void asked(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              seen.add(
                  new Seen(
                      request.method().name(),
                      request.uri(),
                      request.getHeader("host"),
                      request.getHeader("expect"),
                      body));
              answer(request);
            });
  }

  private void answer(HttpServerRequest request) {
    request.response().putHeader("etag", "\"right\"");
    if (request.path().endsWith("/resume")) {
      request.response().setStatusCode(308).putHeader("range", "bytes=0-9").end();
    } else if (request.path().endsWith("/count")) {
      request.response().end(Integer.toString(seen.size()));
    } else if (request.path().endsWith("/chunked")) {
      request.response().setChunked(true).end(ANSWER);
    } else if (request.method().name().equals("HEAD")) {
      request.response().putHeader("content-length", "" + ANSWER.length()).end();
    } else {
      request.response().end(ANSWER);
    }
  }
}
