package io.movingdata.testkit.net;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.httpproxy.ProxyResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A cache that never looks again: the first answer to each question is given for ever. */
final class StaleAnswers implements Function<HttpExchange, Future<ProxyResponse>> {
  private final Map<RequestHead, Kept> first = new ConcurrentHashMap<>();

  private record Kept(int status, Map<String, String> headers, Buffer body) {}

  @Override
  public Future<ProxyResponse> apply(HttpExchange exchange) {
    if (!exchange.head().reads()) {
      return exchange.forward();
    }
    Kept kept = first.get(exchange.head());
    return (kept == null ? asked(exchange) : Future.succeededFuture(kept))
        .map(known -> exchange.answer(known.status(), known.headers(), known.body()));
  }

  private Future<Kept> asked(HttpExchange exchange) {
    return exchange
        .forward()
        .compose(StaleAnswers::whole)
        .onSuccess(kept -> first.put(exchange.head(), kept));
  }

  private static Future<Kept> whole(ProxyResponse answer) {
    Map<String, String> headers = new TreeMap<>();
    answer.headers().forEach(headers::put);
    int status = answer.getStatusCode();
    Future<Buffer> body = answer.proxiedResponse().body();
    answer.proxiedResponse().resume();
    return body.map(bytes -> new Kept(status, headers, bytes));
  }
}
