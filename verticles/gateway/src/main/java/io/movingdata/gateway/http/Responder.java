package io.movingdata.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Writes answers, and gets rid of bodies that nobody read. */
final class Responder {
  private static final long DRAINABLE = 64 * 1024;
  private static final long LINGER_MS = 2_000;

  private final Vertx vertx;

  Responder(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Writes an answer; where a head is out already the connection is cut instead. */
  void write(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    boolean unread = Bodies.announced(request) && !request.isEnded();
    boolean small = unread && drainable(request);
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    if (unread && !small) {
      response.putHeader("Connection", "close");
    }
    Future<Void> written = end(request, answer);
    if (small) {
      request.handler(null).resume();
    } else if (unread) {
      written.onComplete(done -> linger(request));
    }
  }

  private static Future<Void> end(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response();
    if (answer.body() == null) {
      return response.end();
    }
    if (request.method().name().equals("HEAD")) {
      response.putHeader("Content-Length", Integer.toString(answer.body().length()));
      return response.end();
    }
    return response.end(answer.body());
  }

  private static boolean drainable(HttpServerRequest request) {
    long length = Bodies.announcedLength(request);
    return length >= 0 && length <= DRAINABLE && !Bodies.expectsContinue(request);
  }

  /** Reads on for a moment, so that the client sees the answer before the connection goes. */
  private void linger(HttpServerRequest request) {
    if (request.isEnded()) {
      request.connection().close();
      return;
    }
    long timer = vertx.setTimer(LINGER_MS, fired -> request.connection().close());
    request.exceptionHandler(gone -> vertx.cancelTimer(timer));
    request.endHandler(
        end -> {
          vertx.cancelTimer(timer);
          request.connection().close();
        });
    request.handler(discarded -> {});
    request.resume();
  }
}
