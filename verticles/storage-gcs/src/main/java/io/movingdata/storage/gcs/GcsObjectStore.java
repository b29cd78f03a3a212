package io.movingdata.storage.gcs;

import io.movingdata.core.checksum.Crc32cValue;
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
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Google Cloud Storage bucket. Entity tags are generations ({@code g<number>}); every write
 * names the generation that it may replace, so that a repeated or belated one finds what is there
 * instead of replacing it.
 */
public final class GcsObjectStore implements ObjectStore {
  private static final Logger LOG = LoggerFactory.getLogger(GcsObjectStore.class);
  private static final long ABSENT = 0;

  private final LocationConfig location;
  private final GcsClient client;
  private final GcsObjects objects;
  private final GcsUploads uploads;

  /**
   * The bucket of a location.
   *
   * @param cpu for digests; not closed here
   * @throws IllegalArgumentException if its endpoint or credentials are unusable
   */
  public GcsObjectStore(Vertx vertx, WorkerExecutor cpu, LocationConfig location, Clock clock) {
    this(vertx, cpu, location, clock, GcsLimits.DEFAULT);
  }

  GcsObjectStore(
      Vertx vertx, WorkerExecutor cpu, LocationConfig location, Clock clock, GcsLimits limits) {
    this.location = location;
    this.client = new GcsClient(vertx, cpu, location, limits, clock);
    this.objects = new GcsObjects(client);
    this.uploads = new GcsUploads(client, objects);
  }

  @Override
  public Future<Void> ensure() {
    return objects.bucketExists().compose(exists -> exists ? Future.succeededFuture() : create());
  }

  private Future<Void> create() {
    String project = location.gcs() == null ? null : location.gcs().projectId();
    if (project == null || project.isEmpty()) {
      return Future.failedFuture(
          MovingDataException.of(
              ErrorCode.PROVIDER_REJECTED,
              "the GCS bucket does not exist and no project is configured to create it in"));
    }
    return objects
        .createBucket(project)
        .onSuccess(v -> LOG.info("created the GCS bucket of location {}", location.id()));
  }

  @Override
  public Future<String> probe() {
    return objects
        .bucketExists()
        .compose(
            exists ->
                exists
                    ? Future.succeededFuture(location.bucket())
                    : Future.failedFuture(GcsErrors.bucketMissing()));
  }

  @Override
  public Future<ObjectStat> stat(String key) {
    return objects.find(key).map(GcsObject::stat);
  }

  @Override
  public Future<ByteSource> read(String key, long offset, long length, String etag) {
    return objects
        .find(key)
        .compose(
            object -> {
              Long generation = Generations.of(etag);
              if (generation != null && !generation.equals(object.generation())) {
                throw MovingDataException.of(
                    ErrorCode.PRECONDITION_FAILED, "the object changed since it was described");
              }
              long size = object.size();
              if (offset < 0 || offset > size || (offset == size && size > 0)) {
                throw MovingDataException.of(
                    ErrorCode.RANGE_NOT_SATISFIABLE,
                    "the offset %d lies outside the object of %d bytes".formatted(offset, size));
              }
              long end = length < 0 ? size : offset + Math.min(length, size - offset);
              return offset == end
                  ? Future.succeededFuture(new NoBytes(object.stat()))
                  : objects.read(object, offset, end);
            });
  }

  @Override
  public Future<ObjectStat> put(String key, Map<String, String> metadata, Buffer body) {
    return client
        .blocking(() -> BodyDigest.of(body))
        .compose(
            digest -> {
              NewObject resource = NewObject.of(key, metadata, digest);
              ObjectCheck check = new ObjectCheck(body.length(), digest.crc32c());
              return objects
                  .insert(resource, body, ABSENT)
                  .recover(
                      failure ->
                          recoverExisting(
                              key,
                              failure,
                              check,
                              other -> objects.insert(resource, body, other.generation())))
                  .map(stored -> check.passed(stored).stat());
            });
  }

  /**
   * What to do where an object is there already under a key that is used once: it is ours, from an
   * earlier try, if it is what we send.
   */
  private Future<GcsObject> recoverExisting(
      String key,
      Throwable failure,
      ObjectCheck check,
      Function<GcsObject, Future<GcsObject>> other) {
    if (!MovingDataException.is(failure, ErrorCode.PRECONDITION_FAILED)) {
      return Future.failedFuture(failure);
    }
    return objects
        .find(key)
        .compose(
            found ->
                check.fault(found) == null ? Future.succeededFuture(found) : other.apply(found));
  }

  @Override
  public Future<String> beginUpload(String key, Map<String, String> metadata) {
    return uploads
        .begin(key, metadata, ABSENT)
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.PRECONDITION_FAILED)
                    ? objects
                        .find(key)
                        .compose(found -> uploads.begin(key, metadata, found.generation()))
                    : Future.failedFuture(failure));
  }

  @Override
  public Future<UploadedParts> uploadedParts(String key, String uploadId) {
    return guarded(() -> uploads.status(key, uploadId))
        .map(
            state ->
                state == null
                    ? null
                    : new UploadedParts(state.persisted(), List.of(), state.crc32c()));
  }

  @Override
  public Future<String> uploadPart(String key, String uploadId, Part part, Buffer body) {
    ObjectCheck end = new ObjectCheck(part.offset() + part.size(), null);
    return guarded(() -> uploads.send(key, uploadId, part, body))
        .mapEmpty()
        .recover(
            failure ->
                part.last()
                    ? recoverExisting(key, failure, end, other -> Future.failedFuture(failure))
                        .mapEmpty()
                    : Future.failedFuture(failure))
        .map(Long.toString(part.offset()));
  }

  @Override
  public Future<ObjectStat> completeUpload(String key, String uploadId, UploadedParts parts) {
    Crc32cValue crc32c = parts.crc32c() < 0 ? null : new Crc32cValue((int) parts.crc32c());
    ObjectCheck check = new ObjectCheck(parts.size(), crc32c);
    return guarded(() -> uploads.finish(key, uploadId, parts.size()))
        // A session that is gone was finished long ago, or never.
        .compose(object -> object == null ? objects.find(key) : Future.succeededFuture(object))
        .recover(
            failure -> recoverExisting(key, failure, check, other -> Future.succeededFuture(other)))
        .map(object -> check.passed(object).stat())
        .onSuccess(
            stat -> {
              uploads.forget(uploadId);
              if (crc32c == null) {
                LOG.info("{}: the upload was resumed; its size alone was compared", key);
              }
            });
  }

  @Override
  public Future<Void> abortUpload(String key, String uploadId) {
    return guarded(() -> uploads.abort(uploadId));
  }

  @Override
  public Future<Boolean> delete(String key, String etag) {
    return guarded(() -> objects.delete(key, Generations.of(etag)))
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.PRECONDITION_FAILED)
                    ? absentOr(key, failure)
                    : Future.failedFuture(failure));
  }

  /** A condition on a generation fails also where there is no object any more. */
  private Future<Boolean> absentOr(String key, Throwable refused) {
    return objects
        .find(key)
        .transform(
            found ->
                MovingDataException.is(found.cause(), ErrorCode.OBJECT_NOT_FOUND)
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(refused));
  }

  @Override
  public Future<ListPage> list(ListRequest request) {
    return objects.list(request);
  }

  /** None: Google drops unfinished uploads after a week and charges nothing for them. */
  @Override
  public Future<List<UnfinishedUpload>> unfinishedUploads(Instant before) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public int parallelParts() {
    return 1;
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }

  private static <T> Future<T> guarded(Supplier<Future<T>> operation) {
    try {
      return operation.get();
    } catch (MovingDataException e) {
      return Future.failedFuture(e);
    }
  }
}
