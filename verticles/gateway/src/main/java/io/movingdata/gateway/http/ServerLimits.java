package io.movingdata.gateway.http;

import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/**
 * How patient a listener is.
 *
 * @param firstRequestMs from connecting to the end of the first request's head
 * @param keepAliveMs from an answer to the end of the next request's head
 * @param idleMs without a byte in either direction
 * @param graceMs for requests under way when the listener stops
 */
public record ServerLimits(long firstRequestMs, long keepAliveMs, long idleMs, long graceMs) {
  private static final int LINE = 8 * 1024;
  private static final int HEADERS = 20 * 1024;

  /** For production: a wait of 120 s must fit between two bytes. */
  public static ServerLimits standard() {
    return new ServerLimits(15_000, 75_000, 150_000, 20_000);
  }

  HttpServerOptions options(String host, int port) {
    HttpServerOptions options = new HttpServerOptions();
    options.setHost(host).setPort(port);
    options.setIdleTimeout((int) idleMs).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    return options
        .setMaxInitialLineLength(LINE)
        .setMaxHeaderSize(HEADERS)
        .setHttp2ClearTextEnabled(false)
        .setDecompressionSupported(false)
        .setCompressionSupported(false)
        .setHandle100ContinueAutomatically(false);
  }
}
