package io.movingdata.consistency.verify;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.ObjectMetadata;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Says whether an object that a listing shows, and no file references, is one too many. */
public final class OrphanCheck {
  private final NodeContext node;
  private final Bus bus;
  private final StorageClient storage;

  public OrphanCheck(NodeContext node, StorageClient storage) {
    this.node = node;
    this.bus = node.bus();
    this.storage = storage;
  }

  /** Whether an object is old enough that nobody can be about to record it. */
  public boolean settled(ObjectStat listed) {
    Duration stale = Duration.ofMillis(node.config().collector().staleMs());
    return !PhysicalKey.matches(listed.key())
        || listed.lastModified() == null
        || listed.lastModified().isBefore(node.clock().instant().minus(stale));
  }

  /**
   * Looks at an object; twice before it is said to be one too many, since it may be recorded, or
   * collected, between two questions.
   *
   * @return empty where it is accounted for after all
   */
  public Future<Optional<Finding>> look(String location, String key, String passId) {
    return lookOnce(location, key, passId)
        .compose(
            found ->
                found.isEmpty() ? Future.succeededFuture(found) : lookOnce(location, key, passId));
  }

  private Future<Optional<Finding>> lookOnce(String location, String key, String passId) {
    return storage
        .stat(location, key)
        .compose(
            stat -> look(location, stat, passId),
            failure ->
                MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure));
  }

  private Future<Optional<Finding>> look(String location, ObjectStat stat, String passId) {
    Optional<ObjectMetadata> ours = ObjectMetadata.parse(stat.metadata());
    Instant now = node.clock().instant();
    boolean named =
        ours.isPresent()
            && PhysicalKey.of(ours.get().fileId(), ours.get().copyId()).equals(stat.key());
    if (ours.isEmpty()) {
      return Future.succeededFuture(Optional.of(stranger(location, stat, passId, now)));
    }
    ObjectMetadata copy = ours.get();
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(copy.fileId(), false))
        .compose(
            reply -> {
              FileRecord file = reply.file();
              if (!named) {
                boolean second = file != null && file.references(copy.copyId());
                return Future.succeededFuture(
                    Optional.of(
                        second
                            ? second(location, stat, copy, passId, now)
                            : stranger(location, stat, passId, now)));
              }
              return file != null && file.references(copy.copyId())
                  ? Future.succeededFuture(Optional.empty())
                  : onItsWay(copy.copyId())
                      .map(
                          known ->
                              known
                                  ? Optional.empty()
                                  : Optional.of(finding(location, stat, copy, file, passId, now)));
            });
  }

  private static Finding stranger(String location, ObjectStat stat, String passId, Instant now) {
    return Finding.first(
        FindingKind.ORPHAN,
        FindingState.OPEN,
        location,
        null,
        null,
        stat.key(),
        "an object that is none of ours: it is never deleted",
        passId,
        now);
  }

  /** Names no copy: what is deleted by a copy's id is the object that the catalog knows. */
  private static Finding second(
      String location, ObjectStat stat, ObjectMetadata copy, String passId, Instant now) {
    return Finding.first(
        FindingKind.DUPLICATE,
        FindingState.OPEN,
        location,
        copy.fileId(),
        null,
        stat.key(),
        "a second object of the copy "
            + copy.copyId()
            + ", at a key that is none of ours: it is never deleted",
        passId,
        now);
  }

  /** Whether somebody is writing the copy, or it waits for the collector. */
  private Future<Boolean> onItsWay(String copyId) {
    return bus.request(CatalogApi.GET_COPY, new CatalogApi.CopyRef(copyId))
        .compose(
            intent ->
                intent.copy() != null
                    ? Future.succeededFuture(true)
                    : bus.request(CatalogApi.GET_GARBAGE, new CatalogApi.CopyRef(copyId))
                        .map(garbage -> !garbage.entries().isEmpty()));
  }

  private static Finding finding(
      String location,
      ObjectStat stat,
      ObjectMetadata copy,
      FileRecord file,
      String passId,
      Instant now) {
    boolean duplicate =
        file != null
            && copy.contentId().equals(file.contentId())
            && file.verifiedAt(location).isPresent();
    return Finding.first(
        duplicate ? FindingKind.DUPLICATE : FindingKind.ORPHAN,
        FindingState.OPEN,
        location,
        copy.fileId(),
        copy.copyId(),
        stat.key(),
        duplicate
            ? "one more copy of the file's content"
            : file == null
                ? "a copy of a file that does not exist"
                : "a copy that its file does not reference",
        passId,
        now);
  }
}
