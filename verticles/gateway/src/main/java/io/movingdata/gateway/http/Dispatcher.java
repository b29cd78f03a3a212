package io.movingdata.gateway.http;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Finds the operation of a request by its raw path, and answers with what the operation says. */
final class Dispatcher implements Handler<RoutingContext> {
  private final Routes routes;
  private final Authentication authentication;
  private final Responder responder;

  Dispatcher(Routes routes, Authentication authentication, Responder responder) {
    this.routes = routes;
    this.authentication = authentication;
    this.responder = responder;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String method = request.method().name();
    RawTarget target = RawTarget.parse(request.uri());
    if (SafeHeaders.crossSite(method, request.getHeader("Sec-Fetch-Site"))) {
      throw MovingDataException.of(ErrorCode.FORBIDDEN, "another site's page may not do this");
    }
    Optional<Routes.Match> found = routes.find(method, target);
    if (found.isEmpty()) {
      context.next();
      return;
    }
    Routes.Match match = found.get();
    if (match.operation() == null) {
      context.response().putHeader("Allow", String.join(", ", match.allowed()));
      throw MovingDataException.of(
          ErrorCode.METHOD_NOT_ALLOWED, "allowed are " + String.join(", ", match.allowed()));
    }
    Exchange.of(context).operation(match.operation());
    if (!match.operation().isPublic()) {
      authentication.requester(request.headers(), null, Exchange.of(context).traceId());
    }
    Call call = new Call(context, match.operation(), target, match.values(), authentication);
    run(match.endpoint(), call).onComplete(answer -> write(call, answer), context::fail);
  }

  private static Future<Answer> run(Endpoint endpoint, Call call) {
    // An upload of nothing is read like any other: its end must not pass before somebody listens.
    if (call.hasBody() || call.operation() == Operation.PUT_CONTENT) {
      call.request().pause();
    }
    try {
      return endpoint.handle(call);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void write(Call call, Answer answer) {
    if (!answer.written()) {
      responder.write(call.request(), answer);
    }
  }
}
