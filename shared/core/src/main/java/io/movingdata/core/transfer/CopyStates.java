package io.movingdata.core.transfer;

import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Future;
import java.util.List;

/**
 * Writes down what is known of a copy that its file references. Fails with {@code VERSION_CONFLICT}
 * where the file has changed since it was read.
 */
public final class CopyStates {
  private final NodeContext node;
  private final StorageClient storage;

  public CopyStates(NodeContext node, StorageClient storage) {
    this.node = node;
    this.storage = storage;
  }

  /** From now on the copy may be used; the file as it is then. */
  public Future<FileRecord> verified(FileRecord file, Replica whole) {
    return change(file, whole.in(ReplicaState.VERIFIED, node.clock().instant()));
  }

  /**
   * From now on the copy is kept, and used for nothing; the file as it is then. What is deleted one
   * day is the object that lies there now, and no later one.
   */
  public Future<FileRecord> setAside(FileRecord file, Replica bad) {
    return storage
        .stat(bad.location(), bad.key())
        .map(stat -> stat.etag())
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
                    ? Future.succeededFuture(bad.etag())
                    : Future.failedFuture(failure))
        .compose(etag -> setAside(file, bad, etag));
  }

  /** The same where the object that was looked at has an entity tag. */
  public Future<FileRecord> setAside(FileRecord file, Replica bad, String etag) {
    return change(file, bad.withEtag(etag).in(ReplicaState.QUARANTINED, node.clock().instant()));
  }

  private Future<FileRecord> change(FileRecord file, Replica changed) {
    List<Replica> replicas =
        file.replicas().stream()
            .map(r -> r.copyId().equals(changed.copyId()) ? changed : r)
            .toList();
    FileRecord next = file.with(replicas, node.clock().instant());
    long graceMs = node.config().collector().graceMs();
    return node.bus()
        .request(
            CatalogApi.PLACE,
            new CatalogApi.Place(next, file.version(), null, "quarantined", graceMs))
        .map(CatalogApi.FileReply::file);
  }
}
