package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.catalog.store.VersionedCollection;
import io.movingdata.core.model.CopyIntent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The collection {@code uploads}: an intent a copy under way. That of a copy given up stays for a
 * while as a marker, {@code ended}, so that a late message cannot open it again.
 */
final class CopyRepository {
  private static final String NAME = "uploads";
  private static final String ENDED = "ended";
  private static final JsonObject OLDEST_FIRST = new JsonObject().put("updated_at", 1);

  private final DocumentStore store;
  private final DocumentLayout<CopyIntent> layout =
      new DocumentLayout<>(CopyIntent.class, "copy_id");
  private final VersionedCollection<CopyIntent> copies;

  CopyRepository(DocumentStore store) {
    this.store = store;
    this.copies = new VersionedCollection<>(store, NAME, layout, CopyIntent::atVersion);
  }

  /** The intent of a copy, or the marker of one given up. */
  Future<Optional<CopyIntent>> getOrMarker(String copyId) {
    return copies.get(copyId);
  }

  /** The intent of a copy. */
  Future<Optional<CopyIntent>> get(String copyId) {
    return store
        .get(NAME, copyId)
        .map(
            found ->
                found
                    .filter(document -> !document.getBoolean(ENDED, false))
                    .map(layout::fromDocument));
  }

  /** Records an intent; empty: the copy has one, or had. */
  Future<Optional<CopyIntent>> insert(CopyIntent intent) {
    return copies.insert(intent, 1);
  }

  /** Replaces the intent of its version; empty: that one has changed. */
  Future<Optional<CopyIntent>> replace(CopyIntent next) {
    return copies.replace(next, next.version());
  }

  /** Forgets the intent of a copy that is referenced. */
  Future<Void> close(String copyId) {
    return copies.remove(copyId).mapEmpty();
  }

  /** Leaves a marker for a copy that has no intent; false: it has one by now. */
  Future<Boolean> forbid(String copyId, String fileId, Instant now) {
    CopyIntent never =
        new CopyIntent(
            copyId, 1, fileId, null, null, null, null, null, 0, null, null, null, 0, true, now);
    return store
        .insert(NAME, layout.toDocument(never).put(ENDED, true))
        .compose(
            inserted ->
                inserted ? Future.succeededFuture(true) : get(copyId).map(Optional::isEmpty));
  }

  /** Leaves a marker in place of an intent that somebody opened after its copy was garbage. */
  Future<Void> endIfOpen(String copyId) {
    return CasLoop.run(
            () ->
                get(copyId)
                    .compose(
                        found ->
                            found.isEmpty()
                                ? Future.succeededFuture(Optional.of(true))
                                : replaceByMarker(found.get())
                                    .map(done -> done ? Optional.of(true) : Optional.empty())))
        .mapEmpty();
  }

  /** Leaves a marker in place of a discarded intent; nothing else changes such a one. */
  Future<Void> end(CopyIntent discarded) {
    return replaceByMarker(discarded).mapEmpty();
  }

  private Future<Boolean> replaceByMarker(CopyIntent intent) {
    JsonObject marker =
        layout
            .toDocument(intent)
            .put("version", intent.version() + 1)
            .put("discarded", true)
            .put(ENDED, true)
            .putNull("resume_token");
    return store.replace(NAME, marker, intent.version());
  }

  /** Intents without progress since a time, oldest first. */
  Future<List<CopyIntent>> stale(Instant before, int limit) {
    return copies.find(
        new Filter().below("updated_at", DocumentLayout.time(before)).absent(ENDED).json(),
        OLDEST_FIRST,
        limit);
  }

  /** Forgets markers that are older than a time. */
  Future<Void> purgeMarkers(Instant before) {
    return copies.purge(
        new Filter().is(ENDED, true).below("updated_at", DocumentLayout.time(before)).json());
  }
}
