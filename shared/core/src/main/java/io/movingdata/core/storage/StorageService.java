package io.movingdata.core.storage;

import io.movingdata.core.bus.Bus.Reply;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.Delete;
import io.movingdata.core.contract.StorageApi.Deleted;
import io.movingdata.core.contract.StorageApi.FindUnfinished;
import io.movingdata.core.contract.StorageApi.KeyRequest;
import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.contract.StorageApi.Probed;
import io.movingdata.core.contract.StorageApi.Put;
import io.movingdata.core.contract.StorageApi.SweepUploads;
import io.movingdata.core.contract.StorageApi.Swept;
import io.movingdata.core.contract.StorageApi.Unfinished;
import io.movingdata.core.contract.StorageApi.UnfinishedList;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.storage.ObjectStore.UnfinishedUpload;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a storage worker does in a single request, without a session. */
final class StorageService {
  private static final Logger LOG = LoggerFactory.getLogger(StorageService.class);

  private final String location;
  private final ObjectStore store;

  StorageService(String location, ObjectStore store) {
    this.location = location;
    this.store = store;
  }

  Future<Done> ensure() {
    return store.ensure().map(v -> Done.DONE);
  }

  Future<Probed> probe() {
    long start = System.nanoTime();
    return store.probe().map(bucket -> new Probed(bucket, (System.nanoTime() - start) / 1_000_000));
  }

  Future<ObjectStat> stat(KeyRequest request) {
    return store.stat(RequestChecks.key(request.key()));
  }

  /** Only absence is believed: providers have said that they deleted what they still had. */
  Future<Deleted> delete(Delete request) {
    String key = RequestChecks.key(request.key());
    return store
        .delete(key, request.etag())
        .map(CrashPoint.DELETED::passed)
        .compose(existed -> store.stat(key).transform(found -> absent(found, existed)));
  }

  private static Future<Deleted> absent(AsyncResult<ObjectStat> found, boolean existed) {
    if (MovingDataException.is(found.cause(), ErrorCode.OBJECT_NOT_FOUND)) {
      return Future.succeededFuture(new Deleted(existed));
    }
    return Future.failedFuture(
        found.failed()
            ? found.cause()
            : MovingDataException.of(
                ErrorCode.PROVIDER_DOWN, "the provider still has an object that it deleted"));
  }

  Future<ListPage> list(ListRequest request) {
    RequestChecks.limit(request.limit());
    String prefix = RequestChecks.prefix(request.prefix());
    return store.list(
        new ListRequest(prefix, request.delimiter(), request.token(), request.limit()));
  }

  Future<ObjectStat> put(Put request, Buffer body) {
    RequestChecks.key(request.key());
    RequestChecks.metadata(request.metadata());
    if (body.length() > StorageApi.SMALL) {
      throw MovingDataException.of(ErrorCode.TOO_LARGE, "larger than one message may be");
    }
    CrashPoint.BEFORE_COMPLETE.reached();
    return store
        .put(request.key(), request.metadata(), body)
        .map(CrashPoint.COMPLETED::passed)
        .compose(stat -> Checked.size(stat, body.length()));
  }

  Future<Reply> get(KeyRequest request) {
    return store
        .read(RequestChecks.key(request.key()), 0, -1, null)
        .compose(
            source -> {
              if (source.stat().size() > StorageApi.SMALL) {
                source.close();
                return Future.failedFuture(
                    MovingDataException.of(
                        ErrorCode.TOO_LARGE, "the object is larger than one message may be"));
              }
              return drain(source, Buffer.buffer((int) source.stat().size()))
                  .map(body -> reply(source.stat(), body))
                  .onComplete(done -> source.close());
            });
  }

  private static Future<Buffer> drain(ByteSource source, Buffer body) {
    return source
        .next()
        .compose(
            piece -> {
              long size = source.stat().size();
              boolean over = piece != null && body.length() + piece.length() > size;
              if (over || (piece == null && body.length() < size)) {
                return Future.failedFuture(
                    MovingDataException.of(
                        ErrorCode.PROVIDER_DOWN, "the provider sent another size than announced"));
              }
              return piece == null
                  ? Future.succeededFuture(body)
                  : drain(source, body.appendBuffer(piece));
            });
  }

  private static Reply reply(ObjectStat stat, Buffer body) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.set(StorageApi.STAT_HEADER, Json.toBuffer(stat).toString());
    return new Reply(body, headers);
  }

  /** What was begun before the time and is not finished. */
  Future<UnfinishedList> unfinished(FindUnfinished request) {
    return store
        .unfinishedUploads(RequestChecks.present("before", request.before()))
        .map(
            found ->
                new UnfinishedList(
                    found.stream().map(u -> new Unfinished(u.key(), u.begun())).toList()));
  }

  /**
   * Aborts what was begun before the time and is neither to be kept nor open here. Uploads whose
   * keys are not of our making belong to whoever shares the bucket, and stay.
   */
  Future<Swept> sweep(SweepUploads request, Set<String> open) {
    Set<String> kept = new HashSet<>(request.keepKeys());
    kept.addAll(open);
    return store
        .unfinishedUploads(RequestChecks.present("before", request.before()))
        .compose(
            found -> {
              List<UnfinishedUpload> unwanted = new ArrayList<>(found);
              unwanted.removeIf(
                  upload -> kept.contains(upload.key()) || !PhysicalKey.matches(upload.key()));
              return abortEach(unwanted, 0).map(v -> new Swept(found.size(), unwanted.size()));
            });
  }

  private Future<Void> abortEach(List<UnfinishedUpload> uploads, int from) {
    if (from == uploads.size()) {
      return Future.succeededFuture();
    }
    UnfinishedUpload upload = uploads.get(from);
    return store
        .abortUpload(upload.key(), upload.uploadId())
        .onSuccess(v -> LOG.info("aborted an abandoned upload of {} at {}", upload.key(), location))
        .compose(v -> abortEach(uploads, from + 1));
  }
}
