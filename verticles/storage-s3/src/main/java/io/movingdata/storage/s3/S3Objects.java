package io.movingdata.storage.s3;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.HEAD;
import static io.vertx.core.http.HttpMethod.PUT;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.http.HttpDate;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;

/** Whole objects: describing, storing and deleting them. */
final class S3Objects {
  static final String TYPE = "application/octet-stream";

  private final S3Client client;
  private final S3Bucket bucket;
  private final S3Headers headers;

  S3Objects(S3Client client, S3Bucket bucket, S3Headers headers) {
    this.client = client;
    this.bucket = bucket;
    this.headers = headers;
  }

  /** Describes an object. */
  Future<ObjectStat> stat(String key) {
    return head(key).map(answer -> S3Stored.stat(key, size(answer), answer.headers()));
  }

  /**
   * A head cannot say what is missing: before an object counts as lost, the bucket is asked for.
   */
  private Future<S3Answer> head(String key) {
    S3Request request =
        S3Request.object("head", HEAD, key).header("x-amz-checksum-mode", "ENABLED");
    return client
        .call(request)
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
                    ? bucket.probe().compose(found -> Future.failedFuture(failure))
                    : Future.failedFuture(failure))
        .compose(
            answer ->
                size(answer) >= 0 && S3Stored.of(answer.headers()).etag() != null
                    ? Future.succeededFuture(answer)
                    : Future.failedFuture(client.errors().nonsense(request, "no size or tag")));
  }

  private static long size(S3Answer answer) {
    String length = answer.headers().get("content-length");
    return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : -1;
  }

  /** Stores an object; where the answer proves nothing, the object is asked for its size. */
  Future<ObjectStat> put(String key, Map<String, String> metadata, S3Body body) {
    S3Request request =
        S3Request.object("put", PUT, key)
            .headers(headers.of(metadata))
            .headers(S3Stored.checksums(body, true))
            .body(body, TYPE);
    return client
        .call(request)
        .compose(
            answer -> {
              S3Stored stored = S3Stored.of(answer.headers());
              if (stored.etag() == null) {
                return Future.failedFuture(client.errors().nonsense(request, "no entity tag"));
              }
              if (stored.contradicts(body)) {
                return Future.failedFuture(client.errors().mismatch(request));
              }
              Instant date = HttpDate.parse(answer.headers().get("date"));
              Instant modified = date == null ? client.now() : date;
              return stored.proves(body)
                  ? Future.succeededFuture(stored.stat(key, body.size(), metadata, modified))
                  : compared(request, body.size(), null, body.crc32c());
            });
  }

  /**
   * Describes what a request stored, where it is what it must be.
   *
   * @param etag null where it is not known
   * @param crc32c null where it is not known
   */
  Future<ObjectStat> compared(S3Request request, long size, String etag, Crc32cValue crc32c) {
    return head(request.key())
        .compose(
            answer -> {
              boolean other = S3Stored.of(answer.headers()).contradicts(etag, crc32c);
              return other || size(answer) != size
                  ? Future.failedFuture(client.errors().mismatch(request))
                  : Future.succeededFuture(S3Stored.stat(request.key(), size, answer.headers()));
            });
  }

  /**
   * Deletes an object. S3 does not say whether there was one, so it is asked for first; a head that
   * knows of none may be out of date, so that the deletion is sent all the same.
   */
  Future<Boolean> delete(String key, String etag) {
    S3Request plain = S3Request.object("deletion", DELETE, key);
    return head(key)
        .compose(
            answer -> deleteFound(plain, S3Stored.unquoted(etag), answer),
            failure ->
                MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
                    ? client.call(plain).map(false)
                    : Future.failedFuture(failure));
  }

  private Future<Boolean> deleteFound(S3Request plain, String etag, S3Answer found) {
    if (etag == null) {
      return client.call(plain).map(true);
    }
    if (!etag.equals(S3Stored.of(found.headers()).etag())) {
      return Future.failedFuture(
          client.errors().failure(ErrorCode.PRECONDITION_FAILED, plain, "found another object"));
    }
    return client
        .attempt(plain.header("if-match", '"' + etag + '"'))
        .compose(answer -> answer.status() == 501 ? client.call(plain) : answer.succeeded())
        .map(true);
  }
}
