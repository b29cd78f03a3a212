package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.catalog.store.VersionedCollection;
import io.movingdata.core.model.FileRecord;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The collection {@code files}: a document a file, and for a while one a deleted file. */
final class FileRepository {
  private static final String NAME = "files";
  private static final JsonObject SIZES =
      new JsonObject()
          .put("primary", 1)
          .put("size_bytes", 1)
          .put("replicas.location", 1)
          .put("replicas.bytes", 1)
          .put("replicas.state", 1)
          .put("replicas.verified_at", 1);

  private final DocumentStore store;
  private final VersionedCollection<FileRecord> files;
  private final Clock clock;

  FileRepository(DocumentStore store, Clock clock) {
    this.store = store;
    this.files =
        new VersionedCollection<>(
            store, NAME, new DocumentLayout<>(FileRecord.class, "id"), FileRecord::atVersion);
    this.clock = clock;
  }

  /** The file or tombstone of an id. */
  Future<Optional<FileRecord>> get(String id) {
    return files.get(id);
  }

  /** The file or tombstone of an id; where there is neither, a tombstone is made. */
  Future<FileRecord> getOrBegin(String id) {
    return CasLoop.run(
        () ->
            files
                .get(id)
                .compose(found -> found.isPresent() ? Future.succeededFuture(found) : begin(id)));
  }

  private Future<Optional<FileRecord>> begin(String id) {
    Instant now = clock.instant();
    FileRecord tombstone =
        new FileRecord(
            id, 0, null, 0, null, null, null, List.of(), List.of(), null, now, now, null, null,
            null, true);
    return files.insert(tombstone, Versions.first(now));
  }

  /** Puts a document in place of one of a version; empty: that one has changed. */
  Future<Optional<FileRecord>> replace(FileRecord next, long version) {
    return files.replace(next, version);
  }

  /**
   * Puts a document in place of the one of its version and keeps the version, for what is no change
   * of the file; false: that one has changed.
   */
  Future<Boolean> annotate(FileRecord same) {
    return files.annotate(same, same.version());
  }

  /** A page of files. */
  Future<List<FileRecord>> find(JsonObject filter, JsonObject sort, int limit) {
    return files.find(filter, sort, limit);
  }

  /** How many match. */
  Future<Long> count(JsonObject filter) {
    return files.count(filter);
  }

  /** Files that are pinned now, those first whose pins last longest. */
  Future<List<FileRecord>> pinned(int limit) {
    return files.find(pinnedNow(), new JsonObject().put("pinned_until", -1), limit);
  }

  /** How many are pinned now. */
  Future<Long> countPinned() {
    return files.count(pinnedNow());
  }

  private JsonObject pinnedNow() {
    return new Filter().above("pinned_until", DocumentLayout.time(clock.instant())).json();
  }

  /** Forgets tombstones that are older than a time. */
  Future<Void> purgeTombstones(Instant before) {
    return files.purge(
        new Filter().is("deleted", true).below("updated_at", DocumentLayout.time(before)).json());
  }

  /**
   * Of the next files in the order of ids: where they and their copies lie, their bytes, the
   * copies' state.
   */
  Future<List<JsonObject>> sizes(String after, int limit) {
    Filter filter = new Filter().is("deleted", false);
    if (after != null) {
      filter.above("_id", after);
    }
    return store.find(NAME, filter.json(), new JsonObject().put("_id", 1), limit, SIZES);
  }
}
