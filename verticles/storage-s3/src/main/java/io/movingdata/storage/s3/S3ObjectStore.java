package io.movingdata.storage.s3;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
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
  private static final int PARALLEL_PARTS = 4;

  private final S3Client client;
  private final S3Digests digests;
  private final S3Bucket bucket;
  private final S3Objects objects;
  private final S3Uploads uploads;
  private final S3Unfinished unfinished;
  private final S3Reads reads;

  /**
   * Serves a location.
   *
   * @param cpu where digests of large bodies are made
   * @param clock to sign by
   */
  S3ObjectStore(
      Vertx vertx, WorkerExecutor cpu, LocationConfig location, Clock clock, S3Timeouts timeouts) {
    S3Headers headers = new S3Headers(location.s3().sseKmsKey());
    client = new S3Client(vertx, location, clock, timeouts);
    digests = new S3Digests(cpu);
    bucket = new S3Bucket(client, location.bucket(), location.s3().region());
    objects = new S3Objects(client, bucket, headers);
    uploads = new S3Uploads(client, objects, headers, digests);
    unfinished = new S3Unfinished(client);
    reads = new S3Reads(vertx, client, objects, timeouts);
  }

  @Override
  public Future<Void> ensure() {
    return bucket.ensure();
  }

  @Override
  public Future<String> probe() {
    return bucket.probe();
  }

  @Override
  public Future<ObjectStat> stat(String key) {
    return safely(() -> objects.stat(key));
  }

  @Override
  public Future<ByteSource> read(String key, long offset, long length, String etag) {
    return safely(() -> reads.open(key, new S3Range(offset, length), etag));
  }

  @Override
  public Future<ObjectStat> put(String key, Map<String, String> metadata, Buffer bytes) {
    return digests.of(bytes).compose(body -> safely(() -> objects.put(key, metadata, body)));
  }

  @Override
  public Future<String> beginUpload(String key, Map<String, String> metadata) {
    return safely(() -> uploads.begin(key, metadata));
  }

  @Override
  public Future<UploadedParts> uploadedParts(String key, String uploadId) {
    return safely(() -> uploads.uploaded(key, UploadToken.parse(uploadId)));
  }

  @Override
  public Future<String> uploadPart(String key, String uploadId, Part part, Buffer bytes) {
    UploadToken upload = UploadToken.parse(uploadId);
    return digests.of(bytes).compose(body -> safely(() -> uploads.part(key, upload, part, body)));
  }

  @Override
  public Future<ObjectStat> completeUpload(String key, String uploadId, UploadedParts parts) {
    return safely(() -> uploads.complete(key, UploadToken.parse(uploadId), parts));
  }

  @Override
  public Future<Void> abortUpload(String key, String uploadId) {
    return safely(() -> uploads.abort(key, UploadToken.parse(uploadId)));
  }

  @Override
  public Future<Boolean> delete(String key, String etag) {
    return safely(() -> objects.delete(key, etag));
  }

  @Override
  public Future<ListPage> list(ListRequest request) {
    return bucket.list(request);
  }

  @Override
  public Future<List<UnfinishedUpload>> unfinishedUploads(Instant before) {
    return unfinished.before(before);
  }

  @Override
  public int parallelParts() {
    return PARALLEL_PARTS;
  }

  @Override
  public Future<Void> close() {
    return client.close();
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
