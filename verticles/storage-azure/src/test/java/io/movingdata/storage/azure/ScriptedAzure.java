package io.movingdata.storage.azure;

import static io.movingdata.testkit.Results.outcome;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that answers request by request as it was told, whatever is asked, and remembers what
 * was asked. Its last step answers every further request.
 */
final class ScriptedAzure {
  /** One answer. */
  interface Step {
    void answer(HttpServerRequest request, Buffer body);
  }

  /** What arrived. */
  record Asked(HttpMethod method, String uri, MultiMap headers, Buffer body) {}

  private final Deque<Step> steps = new ConcurrentLinkedDeque<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  ScriptedAzure(Vertx vertx, Step... steps) {
    this.steps.addAll(List.of(steps));
    this.server =
        outcome(vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1"));
  }

  private void serve(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              asked.add(
                  new Asked(
                      request.method(),
                      request.uri(),
                      MultiMap.caseInsensitiveMultiMap().addAll(request.headers()),
                      body));
              Step step = steps.size() > 1 ? steps.poll() : steps.peek();
              step.answer(request, body);
            });
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/" + Locations.ACCOUNT);
  }

  List<Asked> asked() {
    return asked;
  }

  /** A refusal as Azure words it. */
  static Step refusal(int status, String code) {
    return (request, body) -> error(request, status, code).end(xml(request, code));
  }

  /** A refusal that asks to wait. */
  static Step refusal(int status, String code, String retryAfter) {
    return (request, body) ->
        error(request, status, code).putHeader("Retry-After", retryAfter).end(xml(request, code));
  }

  private static HttpServerResponse error(HttpServerRequest request, int status, String code) {
    return request
        .response()
        .setStatusCode(status)
        .putHeader("x-ms-error-code", code)
        .putHeader("Content-Type", "application/xml");
  }

  private static String xml(HttpServerRequest request, String code) {
    return request.method().equals(HttpMethod.HEAD)
        ? ""
        : """
        <?xml version="1.0" encoding="utf-8"?>
        <Error><Code>%s</Code><Message>The MAC signature found in '%s' is wrong</Message></Error>
        """
            .formatted(code, request.getHeader("Authorization"));
  }

  /** A blob's headers, as every answer that describes one has them. */
  static HttpServerResponse blob(HttpServerRequest request, int status) {
    return request
        .response()
        .setStatusCode(status)
        .putHeader("ETag", "\"0x8D\"")
        .putHeader("Last-Modified", "Tue, 24 Nov 2026 08:00:00 GMT")
        .putHeader("x-ms-blob-type", "BlockBlob")
        .putHeader("x-ms-meta-mdcopy", "abc");
  }

  /** A description of a blob of that size. */
  static Step found(long size) {
    return (request, body) ->
        blob(request, 200).putHeader("Content-Length", Long.toString(size)).end();
  }

  /** A blob, whole. */
  static Step content(Buffer bytes) {
    return (request, body) -> blob(request, 200).end(bytes);
  }

  /** A blob was stored, with that checksum in base64. */
  static Step stored(String md5) {
    return (request, body) -> blob(request, 201).putHeader("Content-MD5", md5).end();
  }

  /** The work is done, if any, and the connection breaks before the answer. */
  static Step lost() {
    return (request, body) -> request.connection().close();
  }

  /** Nothing, ever. */
  static Step silence() {
    return (request, body) -> {};
  }
}
