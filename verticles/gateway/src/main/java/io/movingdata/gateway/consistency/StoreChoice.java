package io.movingdata.gateway.consistency;

import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.contract.StorageApi.OpenRead;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.Requester;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.CopyStates;
import io.movingdata.core.transfer.ObjectMetadata;
import io.movingdata.gateway.content.UploadService;
import io.vertx.core.Future;
import java.util.List;

/**
 * The store's side of a conflict: what somebody wrote to a copy's key becomes the file's content,
 * by an upload like any other. Until that stands, the file is as it was; then its former copies go
 * as in any overwrite.
 */
public final class StoreChoice {
  private final Bus bus;
  private final StorageClient storage;
  private final CopyStates states;
  private final UploadService uploads;
  private final Authorizer authorizer;
  private final Room room;

  public StoreChoice(
      NodeContext node, StorageClient storage, UploadService uploads, Authorizer authorizer) {
    this.bus = node.bus();
    this.storage = storage;
    this.states = new CopyStates(node, storage);
    this.uploads = uploads;
    this.authorizer = authorizer;
    this.room = new Room(bus);
  }

  /**
   * Takes the bytes over and settles the finding. {@code CONFLICT} where there is nothing that
   * could become a content; {@code PRECONDITION_FAILED} where the file got another content
   * meanwhile.
   */
  Future<Finding> take(String findingId, Requester who) {
    return finding(findingId)
        .compose(
            finding -> {
              authorizer.require(
                  who, "finding.store", finding.fileId(), List.of(finding.location()));
              return file(finding).compose(file -> take(finding, file, who));
            })
        .compose(
            stored ->
                room.ask(
                    ConsistencyApi.RESOLVE, new ConsistencyApi.Resolve(findingId, "retry", who)))
        .map(FindingApi.FindingReply::finding);
  }

  private Future<Finding> finding(String id) {
    return bus.request(FindingApi.GET_FINDING, new FindingApi.FindingRef(id))
        .map(
            reply -> {
              Finding finding = reply.finding();
              if (finding == null) {
                throw MovingDataException.of(
                    ErrorCode.OBJECT_NOT_FOUND, "there is no finding of this id");
              }
              if (finding.kind() != FindingKind.OVERWRITTEN || finding.state().settled()) {
                throw conflict("only a copy that somebody else overwrote has a content to store");
              }
              return finding;
            });
  }

  private Future<FileRecord> file(Finding finding) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(finding.fileId(), false))
        .map(
            reply -> {
              if (reply.file() == null || !reply.file().references(finding.copyId())) {
                throw conflict("its file does not reference the copy any more");
              }
              return reply.file();
            });
  }

  private Future<?> take(Finding finding, FileRecord file, Requester who) {
    return storage
        .stat(finding.location(), finding.key())
        .compose(
            stat -> {
              if (ObjectMetadata.parse(stat.metadata()).isPresent()) {
                throw conflict("it is an encrypted copy of another file, and no content");
              }
              return setAside(file, finding.copyId(), stat)
                  .compose(aside -> upload(finding, aside, stat, who));
            });
  }

  /** So that what is deleted one day is the object that was taken over, and no later one. */
  private Future<FileRecord> setAside(FileRecord file, String copyId, ObjectStat stat) {
    Replica copy =
        file.replicas().stream().filter(r -> r.copyId().equals(copyId)).findFirst().orElseThrow();
    return states.setAside(file, copy, stat.etag());
  }

  private Future<?> upload(Finding finding, FileRecord file, ObjectStat stat, Requester who) {
    if (stat.size() == 0) {
      return uploads.replace(file, 0, who, new StoredBytes(storage, null, 0));
    }
    return storage
        .openRead(finding.location(), new OpenRead(finding.key(), 0, -1, stat.etag()))
        .compose(
            session ->
                uploads
                    .replace(file, stat.size(), who, new StoredBytes(storage, session, stat.size()))
                    .eventually(() -> storage.close(session)));
  }

  private static MovingDataException conflict(String why) {
    return MovingDataException.of(ErrorCode.CONFLICT, why);
  }
}
