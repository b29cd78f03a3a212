package io.movingdata.gateway.http;

import io.vertx.ext.web.RoutingContext;

/** What is remembered of a request until its answer is out. */
final class Exchange {
  private static final String KEY = "exchange";

  private final String traceId;
  private final long startNanos = System.nanoTime();
  private String operation = "none";

  private Exchange(String traceId) {
    this.traceId = traceId;
  }

  static Exchange begin(RoutingContext context) {
    Exchange exchange = new Exchange(RequestIds.of(context.request().getHeader("X-Request-Id")));
    context.put(KEY, exchange);
    return exchange;
  }

  static Exchange of(RoutingContext context) {
    return context.get(KEY);
  }

  String traceId() {
    return traceId;
  }

  long startNanos() {
    return startNanos;
  }

  String operation() {
    return operation;
  }

  void operation(Operation found) {
    operation = found.id();
  }
}
