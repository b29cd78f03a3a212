package io.movingdata.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds connections in number, and in the time they may take to send a request's head: idle ones
 * and those that drip are closed. Belongs to one event loop.
 */
final class ConnectionGuard {
  private static final int MOST = 8_192;
  private static final long SWEEP_MS = 1_000;

  private final Vertx vertx;
  private final ServerLimits limits;
  private final Map<HttpConnection, Long> deadlines = new HashMap<>();
  private long timer = -1;

  ConnectionGuard(Vertx vertx, ServerLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  void start() {
    timer = vertx.setPeriodic(SWEEP_MS, fired -> sweep(System.nanoTime()));
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  void opened(HttpConnection connection) {
    if (deadlines.size() >= MOST) {
      connection.close();
      return;
    }
    deadlines.put(connection, deadline(limits.firstRequestMs()));
    connection.closeHandler(closed -> deadlines.remove(connection));
    connection.exceptionHandler(failure -> {});
  }

  void began(HttpConnection connection) {
    deadlines.replace(connection, Long.MAX_VALUE);
  }

  void ended(HttpConnection connection) {
    deadlines.replace(connection, deadline(limits.keepAliveMs()));
  }

  private static long deadline(long milliseconds) {
    return System.nanoTime() + milliseconds * 1_000_000;
  }

  private void sweep(long now) {
    for (Map.Entry<HttpConnection, Long> entry : new ArrayList<>(deadlines.entrySet())) {
      boolean waiting = entry.getValue() != Long.MAX_VALUE;
      if (waiting && entry.getValue() - now < 0) {
        entry.getKey().close();
      }
    }
  }
}
