package io.movingdata.catalog;

import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.Replica;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides whether a change of placement is well-formed, allowed, or already there. */
final class PlacementRules {
  private PlacementRules() {}

  /**
   * Checks what can be seen in the request alone.
   *
   * @throws MovingDataException invalid request naming the field
   */
  static void check(Place request) {
    FileRecord file = request.file();
    if (file == null) {
      throw MovingDataException.invalid("file", "is missing");
    }
    FileIds.require(file.id());
    require(request.expectedVersion() >= 0, "expected_version", "must not be negative");
    require(request.graceMs() >= 0, "grace_ms", "must not be negative");
    require(file.updatedAt() != null, "updated_at", "is missing");
    if (request.copyId() != null) {
      Ids.copy(request.copyId());
      require(file.references(request.copyId()), "copy_id", "is not one of the file's copies");
    }
    if (file.deleted()) {
      require(file.replicas().isEmpty(), "replicas", "must be empty once the file is deleted");
      return;
    }
    require(file.primaryReplica().isPresent(), "primary", "has no copy there");
    file.replicas().forEach(PlacementRules::check);
    require(
        copyIds(file).size() == file.replicas().size(), "replicas", "must not name a copy twice");
  }

  private static void check(Replica replica) {
    Ids.copy(replica.copyId());
    require(replica.location() != null, "replicas", "must each have a location");
    require(replica.key() != null, "replicas", "must each have a key");
  }

  /** Whether the document is at the version that the request was made for. */
  static boolean expected(Optional<FileRecord> current, Place request) {
    if (request.expectedVersion() == 0) {
      return current.isEmpty() || current.get().deleted();
    }
    return current.isPresent()
        && !current.get().deleted()
        && current.get().version() == request.expectedVersion();
  }

  /**
   * Whether the request was carried out before, so that only its answer was lost: its copy is
   * referenced for the same content, the file is deleted as asked, or the document is the same.
   */
  static boolean inPlace(FileRecord current, Place request) {
    FileRecord wanted = request.file();
    if (wanted.deleted() || current.deleted()) {
      return wanted.deleted() && current.deleted() && request.expectedVersion() != 0;
    }
    boolean sameCopy =
        request.copyId() != null
            && current.references(request.copyId())
            && current.contentId() != null
            && current.contentId().equals(wanted.contentId());
    return sameCopy || current.equals(wanted.atVersion(current.version()));
  }

  /** The copies that the document references now and will not. */
  static List<Replica> leaving(FileRecord current, FileRecord next) {
    return current.replicas().stream().filter(r -> !next.references(r.copyId())).toList();
  }

  /**
   * Whether the request makes a copy referenced that was not.
   *
   * @throws MovingDataException invalid request when it is another than the one that it names: only
   *     that one's intent is looked at
   */
  static boolean adds(FileRecord current, Place request) {
    Set<String> added = copyIds(request.file());
    added.removeAll(copyIds(current));
    if (added.isEmpty()) {
      return false;
    }
    require(
        added.equals(request.copyId() == null ? Set.of() : Set.of(request.copyId())),
        "replicas",
        "must add no copy but copy_id");
    return true;
  }

  /**
   * Checks that the copy's intent allows the reference.
   *
   * @throws MovingDataException {@code CONFLICT} when it is discarded or closed, invalid request
   *     when it tells of another object
   */
  static void allow(Optional<CopyIntent> intent, Place request) {
    if (intent.isEmpty() || intent.get().discarded()) {
      throw MovingDataException.of(
          ErrorCode.CONFLICT, "the copy was given up, or nobody recorded that it would be written");
    }
    CopyIntent open = intent.get();
    boolean same =
        open.fileId().equals(request.file().id())
            && request.file().replicas().stream()
                .filter(r -> r.copyId().equals(open.copyId()))
                .allMatch(r -> r.location().equals(open.location()) && r.key().equals(open.key()));
    require(same, "copy_id", "was recorded for another file, location or key");
  }

  /**
   * Checks that the copy has not left before.
   *
   * @throws MovingDataException {@code CONFLICT} when it has an entry in the garbage
   */
  static void allowAfter(Optional<Garbage> entry) {
    if (entry.isPresent()) {
      throw MovingDataException.of(ErrorCode.CONFLICT, "the copy was placed before, and has left");
    }
  }

  private static Set<String> copyIds(FileRecord file) {
    return file.replicas().stream()
        .map(Replica::copyId)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static void require(boolean holds, String field, String message) {
    if (!holds) {
      throw MovingDataException.invalid(field, message);
    }
  }
}
