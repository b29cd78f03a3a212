package io.movingdata.core.storage;

import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A store behind a {@link ProviderGate}: while its provider is away, everything fails at once. */
final class GatedStore implements ObjectStore {
  private final ObjectStore store;
  private final ProviderGate gate;

  GatedStore(ObjectStore store, ProviderGate gate) {
    this.store = store;
    this.gate = gate;
  }

  private <T> Future<T> pass(Supplier<Future<T>> operation) {
    return gate.pass(operation, late -> {});
  }

  @Override
  public Future<Void> ensure() {
    return pass(store::ensure);
  }

  @Override
  public Future<String> probe() {
    return pass(store::probe);
  }

  @Override
  public Future<ObjectStat> stat(String key) {
    return pass(() -> store.stat(key));
  }

  @Override
  public Future<ByteSource> read(String key, long offset, long length, String etag) {
    return gate.pass(() -> store.read(key, offset, length, etag), ByteSource::close)
        .map(GatedSource::new);
  }

  @Override
  public Future<ObjectStat> put(String key, Map<String, String> metadata, Buffer body) {
    return pass(() -> store.put(key, metadata, body));
  }

  @Override
  public Future<String> beginUpload(String key, Map<String, String> metadata) {
    return pass(() -> store.beginUpload(key, metadata));
  }

  @Override
  public Future<UploadedParts> uploadedParts(String key, String uploadId) {
    return pass(() -> store.uploadedParts(key, uploadId));
  }

  @Override
  public Future<String> uploadPart(String key, String uploadId, Part part, Buffer body) {
    return pass(() -> store.uploadPart(key, uploadId, part, body));
  }

  @Override
  public Future<ObjectStat> completeUpload(String key, String uploadId, UploadedParts parts) {
    return pass(() -> store.completeUpload(key, uploadId, parts));
  }

  @Override
  public Future<Void> abortUpload(String key, String uploadId) {
    return pass(() -> store.abortUpload(key, uploadId));
  }

  @Override
  public Future<Boolean> delete(String key, String etag) {
    return pass(() -> store.delete(key, etag));
  }

  @Override
  public Future<ListPage> list(ListRequest request) {
    return pass(() -> store.list(request));
  }

  @Override
  public Future<List<UnfinishedUpload>> unfinishedUploads(Instant before) {
    return pass(() -> store.unfinishedUploads(before));
  }

  @Override
  public int parallelParts() {
    return store.parallelParts();
  }

  @Override
  public Future<Void> close() {
    return store.close();
  }

  private final class GatedSource implements ByteSource {
    private final ByteSource source;

    GatedSource(ByteSource source) {
      this.source = source;
    }

    @Override
    public ObjectStat stat() {
      return source.stat();
    }

    @Override
    public Future<Buffer> next() {
      return pass(source::next);
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
