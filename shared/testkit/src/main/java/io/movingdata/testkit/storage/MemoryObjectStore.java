package io.movingdata.testkit.storage;

import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.core.storage.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * An object store in memory with a request log and arranged {@linkplain StoreFaults faults}: the
 * twin of the real ones in tests above the provider.
 */
public final class MemoryObjectStore implements ObjectStore {
  private final String name;
  private final int parallelParts;
  private final MemoryBucket bucket;
  private final StoreFaults faults = new StoreFaults();
  private final List<StoreRequest> log = new CopyOnWriteArrayList<>();

  private MemoryObjectStore(String name, int parallelParts, MemoryBucket bucket) {
    this.name = name;
    this.parallelParts = parallelParts;
    this.bucket = bucket;
  }

  /** An empty bucket of that name, which takes four parts of an upload at once. */
  public static MemoryObjectStore named(String name) {
    return new MemoryObjectStore(name, 4, new MemoryBucket());
  }

  /** The same bucket, as another process would see it: with a log and faults of its own. */
  public MemoryObjectStore anotherClient() {
    return new MemoryObjectStore(name, parallelParts, bucket);
  }

  /** The same bucket, taking so many parts of an upload at once. */
  public MemoryObjectStore withParallelParts(int parts) {
    return new MemoryObjectStore(name, parts, bucket);
  }

  /** The faults to arrange. */
  public StoreFaults faults() {
    return faults;
  }

  /** Every request so far, in order. */
  public List<StoreRequest> log() {
    return List.copyOf(log);
  }

  /** How many requests of a kind there were. */
  public long count(StoreOperation operation) {
    return log.stream().filter(request -> request.operation() == operation).count();
  }

  /** The keys of all objects. */
  public List<String> keys() {
    return bucket.keys();
  }

  /** An object's bytes, past log and faults. */
  public byte[] bytes(String key) {
    return bucket.bytes(key).clone();
  }

  /** Damages a stored object: one bit of the byte at the offset. */
  public void flipAtRest(String key, int offset) {
    bucket.flip(key, offset);
  }

  /** How many uploads are unfinished. */
  public int unfinished() {
    return bucket.unfinished(Instant.MAX).size();
  }

  private <T> Future<T> perform(
      StoreOperation operation, String key, Object detail, Supplier<T> action) {
    log.add(new StoreRequest(operation, key, String.valueOf(detail)));
    return faults
        .admit(operation)
        .map(v -> action.get())
        .compose(value -> faults.answer(operation, value));
  }

  @Override
  public Future<Void> ensure() {
    return perform(StoreOperation.ENSURE, null, "", () -> null);
  }

  @Override
  public Future<String> probe() {
    return perform(StoreOperation.PROBE, null, "", () -> name);
  }

  @Override
  public Future<ObjectStat> stat(String key) {
    return perform(StoreOperation.STAT, key, "", () -> faults.described(bucket.stat(key)));
  }

  @Override
  public Future<ByteSource> read(String key, long offset, long length, String etag) {
    return perform(StoreOperation.READ, key, offset, () -> open(key, offset, length, etag));
  }

  private ByteSource open(String key, long offset, long length, String etag) {
    ObjectStat stat = bucket.stat(key);
    if (etag != null && !etag.equals(stat.etag())) {
      throw MovingDataException.of(ErrorCode.PRECONDITION_FAILED, key + " is another version");
    }
    if (stat.size() > 0 && offset >= stat.size()) {
      throw MovingDataException.of(ErrorCode.RANGE_NOT_SATISFIABLE, key + " ends before " + offset);
    }
    long rest = stat.size() - offset;
    long end = offset + (length < 0 ? rest : Math.min(length, rest));
    return new MemorySource(
        stat,
        bucket.bytes(key),
        offset,
        end,
        faults,
        at -> log.add(new StoreRequest(StoreOperation.PIECE, key, Long.toString(at))));
  }

  @Override
  public Future<ObjectStat> put(String key, Map<String, String> metadata, Buffer body) {
    byte[] bytes = body.getBytes();
    return perform(
        StoreOperation.PUT,
        key,
        bytes.length,
        () -> faults.described(bucket.store(key, metadata, bytes, faults.takeInvisible())));
  }

  @Override
  public Future<String> beginUpload(String key, Map<String, String> metadata) {
    return perform(StoreOperation.BEGIN, key, "", () -> bucket.begin(key, metadata));
  }

  @Override
  public Future<UploadedParts> uploadedParts(String key, String uploadId) {
    return perform(StoreOperation.UPLOADED, key, uploadId, () -> bucket.parts(uploadId));
  }

  @Override
  public Future<String> uploadPart(String key, String uploadId, Part part, Buffer body) {
    byte[] bytes = body.getBytes();
    return perform(
        StoreOperation.PART, key, part.number(), () -> bucket.addPart(key, uploadId, part, bytes));
  }

  @Override
  public Future<ObjectStat> completeUpload(String key, String uploadId, UploadedParts parts) {
    return perform(
        StoreOperation.COMPLETE,
        key,
        parts.size(),
        () -> faults.described(bucket.complete(key, uploadId, parts, faults.takeInvisible())));
  }

  @Override
  public Future<Void> abortUpload(String key, String uploadId) {
    return perform(
        StoreOperation.ABORT,
        key,
        uploadId,
        () -> {
          bucket.abort(uploadId);
          return null;
        });
  }

  @Override
  public Future<Boolean> delete(String key, String etag) {
    return perform(
        StoreOperation.DELETE, key, etag, () -> faults.takePretended() || bucket.delete(key, etag));
  }

  @Override
  public Future<ListPage> list(ListRequest request) {
    return perform(StoreOperation.LIST, request.prefix(), "", () -> bucket.list(request));
  }

  @Override
  public Future<List<UnfinishedUpload>> unfinishedUploads(Instant before) {
    return perform(StoreOperation.UNFINISHED, null, before, () -> bucket.unfinished(before));
  }

  @Override
  public int parallelParts() {
    return parallelParts;
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
