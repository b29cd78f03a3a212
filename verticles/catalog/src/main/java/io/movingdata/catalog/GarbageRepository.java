package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.catalog.store.VersionedCollection;
import io.movingdata.core.model.Garbage;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The collection {@code garbage}: an entry a copy that should go. */
final class GarbageRepository {
  private static final int MOST_OF_FILE = 1_000;
  private static final JsonObject BY_ID = new JsonObject().put("_id", 1);
  private static final JsonObject DUE_FIRST = new JsonObject().put("due_at", 1);

  private final VersionedCollection<Garbage> garbage;
  private final Clock clock;

  GarbageRepository(DocumentStore store, Clock clock) {
    this.garbage =
        new VersionedCollection<>(
            store, "garbage", new DocumentLayout<>(Garbage.class, "copy_id"), Garbage::atVersion);
    this.clock = clock;
  }

  /**
   * Writes an entry. Where the copy has one, that is renewed: it falls due anew and its lease ends,
   * so that a collector that is about to dismiss it, having seen the copy still referenced, finds
   * that it has changed.
   */
  Future<Garbage> put(Garbage entry) {
    return CasLoop.run(
        () ->
            garbage
                .insert(entry, Versions.first(clock.instant()))
                .compose(
                    inserted ->
                        inserted.isPresent() ? Future.succeededFuture(inserted) : renew(entry)));
  }

  private Future<Optional<Garbage>> renew(Garbage entry) {
    return garbage
        .get(entry.copyId())
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : garbage.replace(merged(found.get(), entry), found.get().version()));
  }

  private static Garbage merged(Garbage old, Garbage entry) {
    return new Garbage(
        old.copyId(),
        old.version(),
        old.fileId(),
        old.location(),
        old.key(),
        entry.etag() == null ? old.etag() : entry.etag(),
        entry.resumeToken() == null ? old.resumeToken() : entry.resumeToken(),
        reason(old, entry),
        entry.dueAt(),
        0,
        null,
        null,
        null,
        old.createdAt(),
        entry.copy() == null ? old.contentId() : entry.contentId(),
        entry.copy() == null ? old.copy() : entry.copy());
  }

  /** A stray copy that is known to have been the file's is remembered as such. */
  private static String reason(Garbage old, Garbage entry) {
    boolean stray = entry.reason().equals("stray") && !old.reason().equals("abandoned");
    return stray ? old.reason() : entry.reason();
  }

  /** The entry of a copy. */
  Future<Optional<Garbage>> get(String copyId) {
    return garbage.get(copyId);
  }

  /** The entries of a file's copies. */
  Future<List<Garbage>> ofFile(String fileId) {
    return garbage.find(new Filter().is("file_id", fileId).json(), BY_ID, MOST_OF_FILE);
  }

  /** Entries that are due and that nobody holds, the longest due first. */
  Future<List<Garbage>> due(Instant now, int limit) {
    String time = DocumentLayout.time(now);
    return garbage.find(
        new Filter().atMost("due_at", time).absentOrAtMost("lease_until", time).json(),
        DUE_FIRST,
        limit);
  }

  /** Replaces an entry of its version; empty: that one has changed. */
  Future<Optional<Garbage>> replace(Garbage next) {
    return garbage.replace(next, next.version());
  }

  /** Removes an entry of a version; false: that one has changed or is gone. */
  Future<Boolean> remove(String copyId, long version) {
    return garbage.remove(copyId, version);
  }

  /** How many entries there are. */
  Future<Long> count() {
    return garbage.count(new JsonObject());
  }
}
