package io.movingdata.gateway.http;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every failure of every request ends here and nowhere else. */
final class FailureHandler implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

  private final Responder responder;

  FailureHandler(Responder responder) {
    this.responder = responder;
  }

  @Override
  public void handle(RoutingContext context) {
    Throwable failure = context.failure();
    Problem problem = Problem.of(failure == null ? byStatus(context.statusCode()) : failure);
    Exchange exchange = exchange(context);
    log(problem, exchange, failure);
    String path = RawTarget.parse(context.request().uri()).path();
    context.response().putHeader("Content-Security-Policy", SafeHeaders.CSP_DATA);
    responder.write(context.request(), problem.answer(path, exchange.traceId()));
  }

  /** A target that is not even a path is refused by the router before anything else runs. */
  private static Exchange exchange(RoutingContext context) {
    Exchange known = Exchange.of(context);
    if (known != null) {
      return known;
    }
    Exchange begun = Exchange.begin(context);
    SafeHeaders.apply(context.response().headers(), begun.traceId());
    return begun;
  }

  /** What the router or the static files refuse by a number. */
  private static MovingDataException byStatus(int status) {
    return switch (status) {
      case 400 -> MovingDataException.of(ErrorCode.INVALID_REQUEST, "the path is not well formed");
      case 413 -> MovingDataException.of(ErrorCode.TOO_LARGE, "the body is too large");
      case 416 ->
          MovingDataException.of(ErrorCode.RANGE_NOT_SATISFIABLE, "no such range of the page");
      default -> MovingDataException.of(ErrorCode.UNKNOWN_PATH, "no such path");
    };
  }

  private static void log(Problem problem, Exchange exchange, Throwable failure) {
    if (problem.incident()) {
      LOG.error(
          "{} in {} (trace {})",
          problem.detail(),
          exchange.operation(),
          exchange.traceId(),
          failure);
    } else if (problem.status() >= 500) {
      LOG.warn(
          "{} answered {} {} (trace {})",
          exchange.operation(),
          problem.code(),
          problem.detail(),
          exchange.traceId());
    } else {
      LOG.debug(
          "{} answered {} {} (trace {})",
          exchange.operation(),
          problem.code(),
          problem.detail(),
          exchange.traceId());
    }
  }
}
