package io.movingdata.storage.s3;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.HEAD;
import static io.vertx.core.http.HttpMethod.PUT;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.core.storage.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A bucket of Amazon S3, or of what speaks its protocol. */
final class S3ObjectStore implements ObjectStore {
  static final String OBJECT_TYPE = "application/octet-stream";

  /** Amazon's first region is the one that a bucket has when none is named. */
  private static final String NAMELESS_REGION = "us-east-1";

  private static final int PARALLEL_PARTS = 4;

  private final WorkerExecutor cpu;
  private final LocationConfig location;
  private final S3Client client;
  private final S3Headers headers;
  private final S3Uploads uploads;
  private final S3Reads reads;

  /**
   * Serves a location.
   *
   * @param cpu where digests of large bodies are made
   * @param clock to sign by
   */
  S3ObjectStore(
      Vertx vertx, WorkerExecutor cpu, LocationConfig location, Clock clock, S3Timeouts timeouts) {
    this.cpu = cpu;
    this.location = location;
    this.client = new S3Client(vertx, location, clock, timeouts);
    this.headers = new S3Headers(location.s3().sseKmsKey());
    this.uploads = new S3Uploads(client, headers);
    this.reads = new S3Reads(vertx, client, timeouts.progressMs());
  }

  @Override
  public Future<Void> ensure() {
    return client
        .attempt(probeRequest())
        .compose(
            answer ->
                answer.failedWith("NoSuchBucket")
                    ? create()
                    : answer.failure() == null
                        ? Future.succeededFuture()
                        : Future.failedFuture(answer.failure()));
  }

  private Future<Void> create() {
    S3Request plain = S3Request.bucket("creation of bucket " + location.bucket(), PUT);
    String region = location.s3().region();
    S3Request request =
        region.equals(NAMELESS_REGION)
            ? plain
            : plain.body(S3Body.of(S3Xml.createBucket(region)), "application/xml");
    return client
        .attempt(request)
        .compose(
            answer ->
                answer.failure() == null || answer.failedWith("BucketAlreadyOwnedByYou")
                    ? Future.succeededFuture()
                    : Future.failedFuture(answer.failure()));
  }

  /** A listing of one key: unlike a head, its answer proves that S3 gave it. */
  private S3Request probeRequest() {
    return S3Request.bucket("probe of bucket " + location.bucket(), GET)
        .param("list-type", "2")
        .param("max-keys", "1")
        .expecting("ListBucketResult");
  }

  @Override
  public Future<String> probe() {
    return client.call(probeRequest()).map(location.bucket());
  }

  @Override
  public Future<ObjectStat> stat(String key) {
    return safely(() -> head(key))
        .map(answer -> S3Stored.stat(key, size(answer), answer.headers()));
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
                    ? probe().compose(bucket -> Future.failedFuture(failure))
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

  @Override
  public Future<ByteSource> read(String key, long offset, long length, String etag) {
    return safely(
        () ->
            length == 0
                ? stat(key).map(EmptySource::new)
                : reads.open(key, offset, length, etag, this::stat));
  }

  @Override
  public Future<ObjectStat> put(String key, Map<String, String> metadata, Buffer bytes) {
    return safely(() -> digest(bytes).compose(body -> put(key, metadata, body)));
  }

  private Future<ObjectStat> put(String key, Map<String, String> metadata, S3Body body) {
    S3Request request =
        S3Request.object("put", PUT, key)
            .headers(headers.of(metadata))
            .headers(S3Stored.checksums(body, true))
            .body(body, OBJECT_TYPE);
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
              Instant date = S3Clock.parse(answer.headers().get("date"));
              Instant modified = date == null ? client.now() : date;
              return stored.proves(body)
                  ? Future.succeededFuture(stored.stat(key, body.size(), metadata, modified))
                  : checked(request, head(key), body.size(), null, body.crc32c());
            });
  }

  /** Compares an object with what it must be. */
  private Future<ObjectStat> checked(
      S3Request request,
      Future<S3Answer> head,
      long size,
      String etag,
      io.movingdata.core.checksum.Crc32cValue crc32c) {
    return head.compose(
        answer -> {
          boolean other = S3Stored.of(answer.headers()).contradicts(etag, crc32c);
          return other || size(answer) != size
              ? Future.failedFuture(client.errors().mismatch(request))
              : Future.succeededFuture(S3Stored.stat(request.key(), size, answer.headers()));
        });
  }

  @Override
  public Future<String> beginUpload(String key, Map<String, String> metadata) {
    return safely(() -> uploads.begin(key, metadata));
  }

  @Override
  public Future<UploadedParts> uploadedParts(String key, String uploadId) {
    return safely(() -> uploads.uploaded(key, uploadId));
  }

  @Override
  public Future<String> uploadPart(String key, String uploadId, Part part, Buffer bytes) {
    return safely(() -> digest(bytes).compose(body -> uploads.part(key, uploadId, part, body)));
  }

  /**
   * Keys are never used twice, so where it is not known whether the upload was completed, the
   * object's presence says so.
   */
  @Override
  public Future<ObjectStat> completeUpload(String key, String uploadId, UploadedParts parts) {
    return safely(
        () -> {
          S3Request asked = S3Request.object("completion of an upload", HEAD, key);
          String etag = S3Stored.etagOf(parts.tags().stream().map(PartTag::parse).toList());
          Future<S3Answer> head =
              uploads
                  .complete(key, uploadId, parts)
                  .compose(
                      completed -> head(key),
                      failure ->
                          mayHaveCompleted(failure)
                              ? head(key).recover(absent -> Future.failedFuture(failure))
                              : Future.failedFuture(failure));
          return checked(asked, head, parts.size(), etag, S3Uploads.crc(parts));
        });
  }

  private static boolean mayHaveCompleted(Throwable failure) {
    return MovingDataException.is(failure, ErrorCode.PROVIDER_DOWN)
        || MovingDataException.is(failure, ErrorCode.PROVIDER_BUSY)
        || MovingDataException.is(failure, ErrorCode.SESSION_LOST);
  }

  @Override
  public Future<Void> abortUpload(String key, String uploadId) {
    return safely(() -> uploads.abort(key, uploadId));
  }

  /** S3 does not say whether there was an object, so it is asked for first. */
  @Override
  public Future<Boolean> delete(String key, String etag) {
    return safely(
        () ->
            head(key)
                .compose(answer -> deleteFound(key, etag, answer))
                .recover(
                    failure ->
                        MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
                            ? Future.succeededFuture(false)
                            : Future.failedFuture(failure)));
  }

  private Future<Boolean> deleteFound(String key, String etag, S3Answer found) {
    S3Request plain = S3Request.object("deletion", DELETE, key);
    if (etag == null) {
      return client.call(plain).map(true);
    }
    String wanted = S3Stored.unquoted(etag);
    if (!wanted.equals(S3Stored.of(found.headers()).etag())) {
      return Future.failedFuture(
          client.errors().failure(ErrorCode.PRECONDITION_FAILED, plain, "found another object"));
    }
    return client
        .attempt(plain.header("if-match", '"' + wanted + '"'))
        .compose(
            answer ->
                answer.status() == 501 || answer.failure() == null
                    ? answer.status() == 501 ? client.call(plain) : Future.succeededFuture(answer)
                    : Future.failedFuture(answer.failure()))
        .map(true);
  }

  @Override
  public Future<ListPage> list(ListRequest wanted) {
    S3Request request =
        S3Request.bucket("listing", GET)
            .param("list-type", "2")
            .param("encoding-type", "url")
            .param("max-keys", Integer.toString(wanted.limit()))
            .param("prefix", wanted.prefix())
            .param("delimiter", wanted.delimiter())
            .param("continuation-token", wanted.token())
            .expecting("ListBucketResult");
    return client
        .call(request)
        .compose(
            answer -> {
              ListPage page = S3Pages.objects(answer.document());
              return page == null || (page.next() != null && page.next().equals(wanted.token()))
                  ? Future.failedFuture(client.errors().nonsense(request, "a broken page"))
                  : Future.succeededFuture(page);
            });
  }

  @Override
  public Future<List<UnfinishedUpload>> unfinishedUploads(Instant before) {
    return uploads.unfinished(before);
  }

  @Override
  public int parallelParts() {
    return PARALLEL_PARTS;
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }

  private Future<S3Body> digest(Buffer bytes) {
    return bytes.length() <= S3Body.SMALL
        ? Future.succeededFuture(S3Body.of(bytes))
        : cpu.executeBlocking(() -> S3Body.of(bytes), false);
  }

  /** What a request is refused for before it is sent becomes a failure like any other. */
  private static <T> Future<T> safely(Supplier<Future<T>> operation) {
    try {
      return operation.get();
    } catch (MovingDataException refused) {
      return Future.failedFuture(refused);
    }
  }
}
