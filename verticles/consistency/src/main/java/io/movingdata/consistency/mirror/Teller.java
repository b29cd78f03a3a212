package io.movingdata.consistency.mirror;

import io.movingdata.core.http.RetryAfter;
import io.movingdata.core.json.Json;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Clock;
import javax.net.ssl.SSLException;

/** Tells one mirror of one change, and asks it what it holds. */
final class Teller {
  private final MirrorHttp http;
  private final Clock clock;

  Teller(MirrorHttp http, Clock clock) {
    this.http = http;
    this.clock = clock;
  }

  /** What a mirror says it holds; {@code sha256} null where it says nothing of it. */
  record Held(String file, Long version, String sha256) {}

  /** Succeeds once the mirror has taken it; fails with a {@link MirrorException}. */
  Future<Void> tell(Endpoint mirror, Change change) {
    JsonObject body =
        new JsonObject()
            .put("file", change.fileId())
            .put("reason", change.reason())
            .put("version", change.fileVersion());
    return http.post(mirror.url(), body.toBuffer())
        .recover(failure -> Future.failedFuture(worded(failure)))
        .map(
            answered -> {
              if (answered.status() / 100 != 2) {
                throw refused(answered);
              }
              return null;
            });
  }

  /** What it holds of a file, null where it holds nothing; fails as {@link #tell} does. */
  Future<Held> ask(Endpoint mirror, String fileId) {
    return http.get(mirror.getUrl(), fileId)
        .recover(failure -> Future.failedFuture(worded(failure)))
        .map(
            answered -> {
              if (answered.status() == 404 || answered.status() == 410) {
                return null;
              }
              if (answered.status() != 200) {
                throw refused(answered);
              }
              return held(answered);
            });
  }

  private static Held held(MirrorHttp.Answered answered) {
    try {
      return Json.fromBuffer(answered.body(), Held.class);
    } catch (RuntimeException e) {
      throw new MirrorException("its answer is not {file, version, sha256}", true, 0);
    }
  }

  private MirrorException refused(MirrorHttp.Answered answered) {
    int status = answered.status();
    if (status / 100 == 3) {
      return new MirrorException("it answered with a redirect (" + status + ")");
    }
    boolean ofFile = status / 100 == 4 && status != 401 && status != 403 && status != 404;
    boolean later = status == 408 || status == 425 || status == 429;
    return new MirrorException(
        "it answered " + status,
        ofFile && !later,
        RetryAfter.millis(answered.retryAfter(), clock.instant()));
  }

  /** A failure in words of our own: a library's may quote the address. */
  private static MirrorException worded(Throwable failure) {
    if (failure instanceof MirrorException known) {
      return known;
    }
    if (failure instanceof UnknownHostException) {
      return new MirrorException("its name is not known");
    }
    if (failure instanceof ConnectException) {
      return new MirrorException("it does not accept connections");
    }
    if (failure instanceof SSLException) {
      return new MirrorException("no secure connection can be made to it");
    }
    return new MirrorException(
        "the connection failed (" + failure.getClass().getSimpleName() + ")");
  }
}
