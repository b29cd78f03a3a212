package io.movingdata.stack.gcs;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.node.ObjectNode;

/** One request with its reply. */
final class HttpCall {

  /** Of a body that nobody wants this much is read, so that the client gets to see the reply. */
  private static final long DRAIN = 64L << 20;

  private final HttpExchange exchange;
  private final List<String> path;
  private final Map<String, String> query;

  /**
   * Reads the address of a request.
   *
   * @throws IllegalArgumentException if it is not well-formed
   */
  HttpCall(HttpExchange exchange) {
    this.exchange = exchange;
    this.path =
        Stream.of(exchange.getRequestURI().getRawPath().split("/", -1))
            .skip(1)
            .map(HttpCall::decode)
            .toList();
    this.query = parse(exchange.getRequestURI().getRawQuery());
  }

  /** The method; clients that cannot send PATCH name it in a header of a POST. */
  String method() {
    return header("X-HTTP-Method-Override").orElse(exchange.getRequestMethod());
  }

  /** The path's segments, decoded; an object name is one, with its slashes. */
  List<String> path() {
    return path;
  }

  Map<String, String> query() {
    return query;
  }

  String query(String name, String otherwise) {
    return query.getOrDefault(name, otherwise);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** The body's length, -1 if only its end tells. */
  long contentLength() throws GcsException {
    Optional<String> length = header("Content-Length");
    if (length.isEmpty()) {
      return header("Transfer-Encoding").isPresent() ? -1 : 0;
    }
    try {
      return Long.parseLong(length.get());
    } catch (NumberFormatException e) {
      throw GcsException.invalid("Invalid Content-Length: " + length.get());
    }
  }

  InputStream body() {
    return exchange.getRequestBody();
  }

  /** The body without the compression that a client may use for the transfer. */
  InputStream plainBody() throws IOException {
    boolean gzip = header("Content-Encoding").filter("gzip"::equalsIgnoreCase).isPresent();
    return gzip ? new GZIPInputStream(body()) : body();
  }

  ObjectNode json() throws IOException, GcsException {
    return Json.read(plainBody());
  }

  /** Where the client reached this server. */
  String baseUrl() {
    return "http://" + header("Host").orElse("localhost");
  }

  void setHeader(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  void reply(int status) throws IOException {
    drain();
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  void reply(int status, ObjectNode json) throws IOException {
    drain();
    byte[] bytes = Json.bytes(json);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json; charset=UTF-8");
    headers.set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
    exchange.close();
  }

  /** Begins a reply whose body is written by the caller, of exactly that length. */
  OutputStream replyStream(int status, long length) throws IOException {
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    return exchange.getResponseBody();
  }

  /** Says what is wrong, in the form of Google's errors. */
  void refuse(GcsException refusal) throws IOException {
    if (refusal.status() == 401) {
      setHeader("WWW-Authenticate", "Bearer realm=\"https://accounts.google.com/\"");
    }
    ObjectNode detail = Json.object();
    detail.put("message", refusal.getMessage()).put("domain", "global");
    detail.put("reason", refusal.reason());
    ObjectNode error = Json.object();
    error.put("code", refusal.status()).put("message", refusal.getMessage());
    error.withArray("errors").add(detail);
    ObjectNode json = Json.object();
    json.set("error", error);
    reply(refusal.status(), json);
  }

  private void drain() throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long drained = 0;
    for (int n = body().read(buffer); n >= 0 && drained < DRAIN; n = body().read(buffer)) {
      drained += n;
    }
  }

  private static Map<String, String> parse(String query) {
    Map<String, String> parsed = new HashMap<>();
    if (query != null) {
      for (String item : query.split("&", -1)) {
        int equals = item.indexOf('=');
        String name = equals < 0 ? item : item.substring(0, equals);
        String value = equals < 0 ? "" : item.substring(equals + 1);
        parsed.put(
            URLDecoder.decode(name, StandardCharsets.UTF_8),
            URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return parsed;
  }

  /** In a path, unlike in a query, a plus is a plus. */
  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
