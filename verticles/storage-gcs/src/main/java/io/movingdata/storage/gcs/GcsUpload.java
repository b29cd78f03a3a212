package io.movingdata.storage.gcs;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import java.util.concurrent.TimeoutException;

/**
 * One request that carries object bytes: sent in slices, each of which must leave within the
 * progress time, then awaited for the answer time. An answer that comes before the end of the
 * request ends it. Its time-outs are its own because the client's repeat the address, which can be
 * an upload's and with it a credential.
 */
final class GcsUpload {
  private static final int SLICE = 256 * 1024;

  private static final long CANCELLED = 8;

  private final Vertx vertx;
  private final GcsLimits limits;
  private final HttpClientRequest request;
  private final Buffer body;
  private final Promise<GcsAnswer> result = Promise.promise();
  private long timer = -1;
  private boolean answered;
  private boolean ended;

  /** Made on the event loop of the request, where everything else happens too. */
  GcsUpload(Vertx vertx, GcsLimits limits, HttpClientRequest request, Buffer body) {
    this.vertx = vertx;
    this.limits = limits;
    this.request = request;
    this.body = body;
  }

  Future<GcsAnswer> send() {
    // The response's future says the same; without a handler the client would log it.
    request.exceptionHandler(broken -> {});
    request.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    request
        .response()
        .compose(
            response -> {
              answered = true;
              vertx.cancelTimer(timer);
              return GcsAnswer.read(vertx, response, limits.answerMs());
            })
        .onComplete(this::finish);
    write(0);
    return result.future();
  }

  private void write(int from) {
    if (answered) {
      return;
    }
    if (from == body.length()) {
      // The last bytes may still lie in the kernel.
      arm(limits.progressMs() + limits.answerMs());
      ended = true;
      request.end();
      return;
    }
    int to = Math.min(from + SLICE, body.length());
    arm(limits.progressMs());
    // A connection that breaks fails the response too, and only that may still bring an answer.
    request.write(body.slice(from, to)).onSuccess(written -> write(to));
  }

  private void arm(long milliseconds) {
    vertx.cancelTimer(timer);
    timer =
        vertx.setTimer(
            milliseconds,
            fired -> {
              answered = true;
              request.reset(CANCELLED, new TimeoutException());
            });
  }

  private void finish(AsyncResult<GcsAnswer> outcome) {
    vertx.cancelTimer(timer);
    result.handle(outcome);
    if (!ended) {
      // The provider answered without reading the whole request: the connection is of no more use.
      request.reset();
    }
  }
}
