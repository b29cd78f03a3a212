package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.catalog.store.VersionedCollection;
import io.movingdata.core.model.FileRecord;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The collection {@code files}: a document a file, and for a while one a deleted file. */
final class FileRepository {
  private static final String NAME = "files";

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

  /** A page of files. */
  Future<List<FileRecord>> find(JsonObject filter, JsonObject sort, int limit) {
    return files.find(filter, sort, limit);
  }

  /** How many match. */
  Future<Long> count(JsonObject filter) {
    return files.count(filter);
  }

  /** Forgets tombstones that are older than a time. */
  Future<Void> purgeTombstones(Instant before) {
    return files.purge(
        new Filter().is("deleted", true).below("updated_at", DocumentLayout.time(before)).json());
  }

  /** Files and plaintext bytes by primary location: {@code _id}, {@code files}, {@code bytes}. */
  Future<List<JsonObject>> byPrimary() {
    return grouped(
        new JsonArray().add(alive()),
        new JsonObject()
            .put("_id", "$primary")
            .put("files", sum(1))
            .put("bytes", sum("$size_bytes")));
  }

  /** Copies and stored bytes by location: {@code _id}, {@code copies}, {@code bytes}. */
  Future<List<JsonObject>> byCopy() {
    return grouped(
        new JsonArray().add(alive()).add(new JsonObject().put("$unwind", "$replicas")),
        new JsonObject()
            .put("_id", "$replicas.location")
            .put("copies", sum(1))
            .put("bytes", sum("$replicas.bytes")));
  }

  private Future<List<JsonObject>> grouped(JsonArray stages, JsonObject group) {
    return store.aggregate(NAME, stages.add(new JsonObject().put("$group", group)));
  }

  private static JsonObject alive() {
    return new JsonObject().put("$match", new JsonObject().put("deleted", false));
  }

  private static JsonObject sum(Object of) {
    return new JsonObject().put("$sum", of);
  }
}
