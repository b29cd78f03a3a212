package io.movingdata.storage.s3;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ByteSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;

/** Opens downloads, and refuses answers that are not the bytes that were asked for. */
final class S3Reads {
  private final Vertx vertx;
  private final S3Client client;
  private final S3Objects objects;
  private final S3Timeouts timeouts;

  S3Reads(Vertx vertx, S3Client client, S3Objects objects, S3Timeouts timeouts) {
    this.vertx = vertx;
    this.client = client;
    this.objects = objects;
    this.timeouts = timeouts;
  }

  /**
   * Opens a download. Of a range without bytes, and of an empty object, there is nothing to
   * download.
   *
   * @param etag null for any
   */
  Future<ByteSource> open(String key, S3Range range, String etag) {
    if (range.length() == 0) {
      return objects.stat(key).map(EmptySource::new);
    }
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
                isBeyond(failure) && range.offset() == 0
                    ? objects.stat(key).compose(found -> emptyOr(failure, found))
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
            timeouts.floor(),
            cause -> client.errors().unreachable(request, cause)));
  }

  private static boolean isBeyond(Throwable failure) {
    return MovingDataException.is(failure, ErrorCode.RANGE_NOT_SATISFIABLE);
  }

  private static Future<ByteSource> emptyOr(Throwable failure, ObjectStat found) {
    return found.size() == 0
        ? Future.succeededFuture(new EmptySource(found))
        : Future.failedFuture(failure);
  }
}
