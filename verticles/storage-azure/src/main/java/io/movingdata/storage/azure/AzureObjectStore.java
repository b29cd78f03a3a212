package io.movingdata.storage.azure;

import com.azure.core.http.rest.Response;
import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** One container of Azure Blob Storage; objects are block blobs. */
final class AzureObjectStore implements ObjectStore {
  private static final String PUT = "put an object";
  private static final int PARALLEL_PARTS = 3;

  private final AzureClient client;
  private final BlobContainerAsyncClient container;
  private final AzureCalls calls;
  private final WorkerExecutor cpu;
  private final AzureReads reads;
  private final AzureUploads uploads;
  private final AzureListing listing;
  private final AbandonedUploads abandoned;

  private AzureObjectStore(AzureClient client, AzureCalls calls, WorkerExecutor cpu) {
    this.client = client;
    this.container = client.container();
    this.calls = calls;
    this.cpu = cpu;
    this.reads = new AzureReads(container, calls);
    this.uploads = new AzureUploads(container, reads, calls, cpu);
    this.listing = new AzureListing(container, calls);
    this.abandoned = new AbandonedUploads(container, listing, reads, calls);
  }

  /**
   * The container of a location; sends nothing yet.
   *
   * @param cpu where checksums are computed
   * @throws MovingDataException {@code INVALID_REQUEST} where endpoint or credentials cannot be
   *     used
   */
  static AzureObjectStore of(
      Vertx vertx, WorkerExecutor cpu, LocationConfig location, AzureLimits limits) {
    return new AzureObjectStore(
        AzureClient.of(location, limits), new AzureCalls(vertx, limits), cpu);
  }

  @Override
  public Future<Void> ensure() {
    return calls
        .retried(
            "create the container",
            () ->
                container
                    .createWithResponse(null, null)
                    .map(Response::getStatusCode)
                    .onErrorResume(AzureObjectStore::alreadyThere, there -> Mono.just(409)))
        .mapEmpty();
  }

  private static boolean alreadyThere(Throwable failure) {
    return failure instanceof BlobStorageException answered
        && BlobErrorCode.CONTAINER_ALREADY_EXISTS.equals(answered.getErrorCode());
  }

  @Override
  public Future<String> probe() {
    return calls
        .retried("find the container", container::getProperties)
        .map(
            found -> {
              if (found.getETag() == null) {
                throw AzureErrors.nonsense("find the container", "no entity tag");
              }
              return container.getBlobContainerName();
            });
  }

  @Override
  public Future<ObjectStat> stat(String key) {
    return reads.stat(key);
  }

  @Override
  public Future<ByteSource> read(String key, long offset, long length, String etag) {
    return reads.open(key, offset, length, etag);
  }

  @Override
  public Future<ObjectStat> put(String key, Map<String, String> metadata, Buffer body) {
    return Payload.of(cpu, body)
        .compose(payload -> calls.repeat(() -> putOnce(key, metadata, payload)));
  }

  private Future<ObjectStat> putOnce(String key, Map<String, String> metadata, Payload payload) {
    // One checksum is of the request and one of the object: only the second is kept.
    return calls
        .once(
            PUT,
            payload.length(),
            () ->
                blob(key)
                    .getBlockBlobAsyncClient()
                    .uploadWithResponse(
                        new BlockBlobSimpleUploadOptions(payload.flux(), payload.length())
                            .setContentMd5(payload.md5Bytes())
                            .setHeaders(new BlobHttpHeaders().setContentMd5(payload.md5Bytes()))
                            .setMetadata(metadata)))
        .map(
            answer -> {
              ObjectStat made = AzureStats.ofPut(key, payload, metadata, answer.getValue());
              if (made.checksum() == null) {
                throw AzureErrors.nonsense(PUT, "no checksum");
              }
              if (!Arrays.equals(answer.getValue().getContentMd5(), payload.md5Bytes())) {
                throw AzureErrors.mismatch(PUT, "object");
              }
              return made;
            });
  }

  @Override
  public Future<String> beginUpload(String key, Map<String, String> metadata) {
    return Future.succeededFuture(uploads.begin(metadata));
  }

  @Override
  public Future<UploadedParts> uploadedParts(String key, String uploadId) {
    return parsed(uploadId).compose(id -> uploads.uploaded(key, id));
  }

  @Override
  public Future<String> uploadPart(String key, String uploadId, Part part, Buffer body) {
    return parsed(uploadId).compose(id -> uploads.stage(key, id, part, body));
  }

  @Override
  public Future<ObjectStat> completeUpload(String key, String uploadId, UploadedParts parts) {
    return parsed(uploadId).compose(id -> uploads.complete(key, id, parts));
  }

  @Override
  public Future<Void> abortUpload(String key, String uploadId) {
    return parsed(uploadId).compose(id -> abandoned.abort(key, id));
  }

  @Override
  public Future<Boolean> delete(String key, String etag) {
    BlobRequestConditions conditions = new BlobRequestConditions().setIfMatch(etag);
    return calls
        .retried(
            "delete an object",
            () -> blob(key).deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, conditions))
        .map(true)
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.PRECONDITION_FAILED)
                    ? stat(key).compose(stillThere -> Future.failedFuture(failure))
                    : Future.failedFuture(failure))
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  @Override
  public Future<ListPage> list(ListRequest request) {
    return listing.page(request);
  }

  @Override
  public Future<List<UnfinishedUpload>> unfinishedUploads(Instant before) {
    return abandoned.begunBefore(before);
  }

  @Override
  public int parallelParts() {
    return PARALLEL_PARTS;
  }

  @Override
  public Future<Void> close() {
    client.close();
    return Future.succeededFuture();
  }

  private static Future<AzureUploadId> parsed(String uploadId) {
    return Future.succeededFuture(uploadId).map(AzureUploadId::parse);
  }

  private BlobAsyncClient blob(String key) {
    return container.getBlobAsyncClient(key);
  }
}
