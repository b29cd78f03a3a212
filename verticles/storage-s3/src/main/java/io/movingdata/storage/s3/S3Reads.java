package io.movingdata.storage.s3;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ByteSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.function.Function;

/** Opens downloads, and refuses answers that are not the bytes that were asked for. */
final class S3Reads {
  private final Vertx vertx;
  private final S3Client client;
  private final long stallMs;

  S3Reads(Vertx vertx, S3Client client, long stallMs) {
    this.vertx = vertx;
    this.client = client;
    this.stallMs = stallMs;
  }

  /**
   * Opens a download.
   *
   * @param length above zero, or -1 for the rest
   * @param etag null for any
   * @param stat asked about objects of which no byte can be had, which may be empty
   */
  Future<ByteSource> open(
      String key,
      long offset,
      long length,
      String etag,
      Function<String, Future<ObjectStat>> stat) {
    S3Range range = new S3Range(offset, length);
    String tag = S3Stored.unquoted(etag);
    S3Request request =
        S3Request.object("read", HttpMethod.GET, key)
            .header("range", range.header())
            .header("if-match", tag == null ? null : '"' + tag + '"')
            .header("x-amz-checksum-mode", "ENABLED");
    return client
        .open(request)
        .compose(response -> source(request, range, tag, response))
        .recover(
            failure ->
                offset == 0 && MovingDataException.is(failure, ErrorCode.RANGE_NOT_SATISFIABLE)
                    ? stat.apply(key).compose(found -> emptyOr(failure, found))
                    : Future.failedFuture(failure));
  }

  private Future<ByteSource> source(
      S3Request request, S3Range range, String etag, HttpClientResponse response) {
    S3Range.Announced announced = range.announced(response.statusCode(), response.headers());
    String found = S3Stored.of(response.headers()).etag();
    MovingDataException wrong = null;
    if (announced == null || found == null) {
      wrong = client.errors().nonsense(request, "other bytes than were asked for");
    } else if (etag != null && !etag.equals(found)) {
      wrong =
          client.errors().failure(ErrorCode.PRECONDITION_FAILED, request, "found another object");
    }
    if (wrong != null) {
      S3Client.abandon(response);
      return Future.failedFuture(wrong);
    }
    return Future.succeededFuture(
        new S3ByteSource(
            vertx,
            response,
            S3Stored.stat(request.key(), announced.objectSize(), response.headers()),
            announced.bytes(),
            stallMs,
            cause -> client.errors().unreachable(request, cause)));
  }

  private static Future<ByteSource> emptyOr(Throwable failure, ObjectStat found) {
    return found.size() == 0
        ? Future.succeededFuture(new EmptySource(found))
        : Future.failedFuture(failure);
  }
}
