package io.movingdata.mover.submit;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.Requester;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.mover.state.Placements;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Deleting a file or one of its copies: one switch of placement, before which the catalog has
 * written down what becomes garbage. A running move of the file notices and undoes itself.
 */
public final class DeletionService {
  private final NodeContext node;
  private final Bus bus;
  private final Authorizer authorizer;
  private final AuditLog audit;
  private final RemainingCopies remaining;

  public DeletionService(
      NodeContext node, Authorizer authorizer, AuditLog audit, RemainingCopies remaining) {
    this.node = node;
    this.bus = node.bus();
    this.authorizer = authorizer;
    this.audit = audit;
    this.remaining = remaining;
  }

  /** Serves {@link MoverApi#DELETE_FILE}. */
  public Future<MoverApi.FileChanged> delete(MoverApi.DeleteFile request) {
    FileIds.require(request.fileId());
    return change(
        request.fileId(),
        "deleted",
        file -> {
          if (request.contentId() != null && !request.contentId().equals(file.contentId())) {
            throw MovingDataException.of(
                ErrorCode.PRECONDITION_FAILED, "the file holds other content");
          }
          List<String> locations = file.replicas().stream().map(Replica::location).toList();
          authorizer.require(request.requester(), "file.delete", file.id(), locations);
          return Future.succeededFuture(Placements.deleted(file, node.clock().instant()));
        },
        file -> record(request.requester(), "file.delete", file, file.primary()));
  }

  /** Serves {@link MoverApi#DROP_REPLICA}. */
  public Future<MoverApi.FileChanged> dropReplica(MoverApi.DropReplica request) {
    FileIds.require(request.fileId());
    node.config().requireLocation(request.location());
    return change(
        request.fileId(),
        "replica-removed",
        file -> {
          authorizer.require(
              request.requester(), "replica.delete", file.id(), List.of(request.location()));
          return withoutCopy(file, request.location());
        },
        file -> record(request.requester(), "replica.delete", file, request.location()));
  }

  private Future<FileRecord> withoutCopy(FileRecord file, String location) {
    Replica removed =
        file.replicas().stream()
            .filter(r -> r.location().equals(location))
            .findFirst()
            .orElseThrow(
                () ->
                    MovingDataException.of(
                        ErrorCode.OBJECT_NOT_FOUND, "the file has no copy there"));
    if (file.primary().equals(location)) {
      throw MovingDataException.of(
          ErrorCode.POLICY_DENIED, "this is the primary copy: move the file elsewhere first");
    }
    return remaining.require(Placements.without(file, location, node.clock().instant()), removed);
  }

  private void record(Requester who, String action, FileRecord file, String location) {
    audit.record(who, action, file.id(), location, "allowed", null, null);
  }

  private Future<MoverApi.FileChanged> change(
      String fileId,
      String reason,
      Function<FileRecord, Future<FileRecord>> change,
      Consumer<FileRecord> then) {
    return Retries.run(
            bus.vertx(),
            RetryPolicy.BUS,
            failure -> MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT),
            () -> tryOnce(fileId, reason, change))
        .map(
            file -> {
              then.accept(file);
              return new MoverApi.FileChanged(file);
            });
  }

  private Future<FileRecord> tryOnce(
      String fileId, String reason, Function<FileRecord, Future<FileRecord>> change) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(fileId, false))
        .compose(
            reply -> {
              FileRecord file = reply.file();
              if (file == null) {
                throw MovingDataException.of(ErrorCode.OBJECT_NOT_FOUND, "no file of this id");
              }
              long grace = node.config().collector().graceMs();
              return change
                  .apply(file)
                  .compose(
                      next ->
                          bus.request(
                              CatalogApi.PLACE,
                              new CatalogApi.Place(next, file.version(), null, reason, grace)))
                  .map(CatalogApi.FileReply::file);
            });
  }
}
