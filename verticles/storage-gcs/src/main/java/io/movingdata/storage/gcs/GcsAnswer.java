package io.movingdata.storage.gcs;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** A whole answer of the provider; the body is empty where there was none. */
record GcsAnswer(int status, MultiMap headers, Buffer body) {
  /** Answers are JSON resources or error pages; nothing sensible is larger. */
  private static final int MAX_BODY = 1024 * 1024;

  /**
   * Reads a whole answer. The request's own time-out ends with the answer's head, so the body gets
   * one here.
   */
  static Future<GcsAnswer> read(Vertx vertx, HttpClientResponse response, long withinMs) {
    Buffer body = Buffer.buffer();
    response.handler(
        bytes -> {
          if (body.length() + bytes.length() > MAX_BODY) {
            response.request().reset();
          } else {
            body.appendBuffer(bytes);
          }
        });
    long timer = vertx.setTimer(withinMs, fired -> response.request().reset());
    return response
        .end()
        .onComplete(done -> vertx.cancelTimer(timer))
        .map(end -> new GcsAnswer(response.statusCode(), response.headers(), body));
  }

  boolean ok() {
    return status >= 200 && status < 300;
  }

  String header(String name) {
    return headers.get(name);
  }

  /** Bodies and headers may hold credentials. */
  @Override
  public String toString() {
    return "GCS answer " + status;
  }
}
