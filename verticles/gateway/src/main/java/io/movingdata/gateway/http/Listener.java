package io.movingdata.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/** One HTTP server: a table of operations, what is behind it, and its limits. */
public final class Listener {
  private final Vertx vertx;
  private final ServerLimits limits;
  private final RequestMeters meters;
  private final Router router;
  private final ConnectionGuard guard;
  private HttpServer server;

  /**
   * A listener that does not listen yet.
   *
   * @param fallback answers what is no operation, or passes it on; null for nothing
   */
  public Listener(
      Vertx vertx,
      Routes routes,
      Authentication authentication,
      RequestMeters meters,
      ServerLimits limits,
      Handler<RoutingContext> fallback) {
    this.vertx = vertx;
    this.limits = limits;
    this.meters = meters;
    this.guard = new ConnectionGuard(vertx, limits);
    this.router = Router.router(vertx);
    Responder responder = new Responder(vertx);
    FailureHandler failures = new FailureHandler(responder);
    router.route().handler(this::begin).failureHandler(failures);
    router.route().handler(new Dispatcher(routes, authentication, responder));
    if (fallback != null) {
      router.route().handler(fallback);
    }
    router
        .route()
        .handler(
            context -> {
              throw MovingDataException.of(ErrorCode.UNKNOWN_PATH, "no such path");
            });
  }

  private void begin(RoutingContext context) {
    HttpServerRequest request = context.request();
    Exchange exchange = Exchange.begin(context);
    SafeHeaders.apply(context.response().headers(), exchange.traceId());
    guard.began(request.connection());
    context.addEndHandler(
        ended -> {
          guard.ended(request.connection());
          meters.record(
              exchange.operation(), context.response().getStatusCode(), exchange.startNanos());
        });
    context.next();
  }

  /** Listens; answers with the port. */
  public Future<Integer> start(String host, int port) {
    server =
        vertx
            .createHttpServer(limits.options(host, port))
            .connectionHandler(guard::opened)
            .invalidRequestHandler(Listener::refuse)
            .exceptionHandler(broken -> {})
            .requestHandler(router);
    guard.start();
    return server.listen().map(HttpServer::actualPort);
  }

  /** What is not even HTTP: answered in the one form of all refusals, then cut. */
  private static void refuse(HttpServerRequest request) {
    int status = status(request.decoderResult().cause());
    String trace = RequestIds.of(null);
    ObjectNode body =
        Problem.of(MovingDataException.of(ErrorCode.INVALID_REQUEST, "this is not valid HTTP/1.1"))
            .body("", trace)
            .put("status", status);
    HttpServerResponse response = request.response().setStatusCode(status);
    SafeHeaders.apply(response.headers(), trace);
    response
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Connection", "close")
        .end(body.toString())
        .onComplete(done -> request.connection().close());
  }

  private static int status(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return 414;
    }
    return cause instanceof TooLongHttpHeaderException ? 431 : 400;
  }

  /** Stops listening, and lets requests under way end within the grace. */
  public Future<Void> stop() {
    guard.stop();
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(limits.graceMs(), TimeUnit.MILLISECONDS);
  }
}
