package io.movingdata.gateway.http;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/** Reads the JSON bodies of control requests, bounded in size and time. */
public final class Bodies {
  private static final long DEADLINE_MS = 30_000;

  private final Vertx vertx;
  private final int limit;

  public Bodies(Vertx vertx, int limit) {
    this.vertx = vertx;
    this.limit = limit;
  }

  /** Whether a request says that a body follows. */
  static boolean announced(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return request.headers().contains("Transfer-Encoding")
        || (length != null && !length.strip().equals("0"));
  }

  /** The length that a request announces, -1 where it does not. */
  public static long announcedLength(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : -1;
  }

  /** The fields of a JSON body that must be there. */
  public Future<JsonFields> required(Call call) {
    return read(call).map(body -> JsonFields.parse(body, false));
  }

  /** The fields of a JSON body; none where there is no body. */
  public Future<JsonFields> optional(Call call) {
    return read(call).map(body -> JsonFields.parse(body, true));
  }

  /** The body's bytes; empty where there is none. */
  Future<Buffer> read(Call call) {
    return read(call, null);
  }

  /** The bytes of a body of JSON, or of another type where one is given. */
  public Future<Buffer> read(Call call, String otherType) {
    HttpServerRequest request = call.request();
    if (!announced(request)) {
      return Future.succeededFuture(Buffer.buffer());
    }
    if (!json(mediaType(request)) && !mediaType(request).equals(otherType)) {
      String expected = "application/json" + (otherType == null ? "" : " or " + otherType);
      return Future.failedFuture(
          MovingDataException.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body must be " + expected));
    }
    if (request.headers().contains("Content-Encoding")) {
      return Future.failedFuture(
          MovingDataException.of(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body must not be compressed"));
    }
    if (announcedLength(request) > limit) {
      return Future.failedFuture(tooLarge());
    }
    if (expectsContinue(request)) {
      call.response().writeContinue();
    }
    return collect(request);
  }

  /** Whether the client waits for a go-ahead before it sends the body. */
  public static boolean expectsContinue(HttpServerRequest request) {
    return "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
  }

  /** Whether a request's body is of a type. */
  public static boolean isOf(Call call, String type) {
    return mediaType(call.request()).equals(type);
  }

  private static String mediaType(HttpServerRequest request) {
    String given = request.getHeader("Content-Type");
    return given == null ? "" : given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static boolean json(String type) {
    return type.equals("application/json") || type.matches("application/[a-z0-9.-]+\\+json");
  }

  private Future<Buffer> collect(HttpServerRequest request) {
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    long timer =
        vertx.setTimer(
            DEADLINE_MS,
            fired ->
                whole.tryFail(
                    MovingDataException.of(
                        ErrorCode.INVALID_REQUEST, "the body did not arrive in time")));
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > limit) {
            request.pause();
            whole.tryFail(tooLarge());
          } else if (!whole.future().isComplete()) {
            body.appendBuffer(chunk);
          }
        });
    request.exceptionHandler(
        failure ->
            whole.tryFail(
                MovingDataException.of(
                    ErrorCode.INVALID_REQUEST, "the body is not well framed", failure)));
    request.endHandler(end -> whole.tryComplete(body));
    request.resume();
    return whole.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private MovingDataException tooLarge() {
    return MovingDataException.of(
        ErrorCode.TOO_LARGE, "the body is larger than " + limit + " bytes");
  }
}
