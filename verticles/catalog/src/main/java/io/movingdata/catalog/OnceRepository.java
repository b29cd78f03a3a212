package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.catalog.store.VersionedCollection;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The collection {@code idempotency}: a document a key. */
final class OnceRepository {
  private final VersionedCollection<OnceEntry> entries;
  private final Clock clock;

  OnceRepository(DocumentStore store, Clock clock) {
    this.entries =
        new VersionedCollection<>(
            store,
            "idempotency",
            new DocumentLayout<>(OnceEntry.class, "key_hash"),
            OnceEntry::atVersion);
    this.clock = clock;
  }

  /** The entry of a key. */
  Future<Optional<OnceEntry>> get(String keyHash) {
    return entries.get(keyHash);
  }

  /** Takes a key; empty: it is taken. */
  Future<Optional<OnceEntry>> insert(OnceEntry entry) {
    return entries.insert(entry, Versions.first(clock.instant()));
  }

  /** Replaces the entry of its version; empty: that one has changed. */
  Future<Optional<OnceEntry>> replace(OnceEntry next) {
    return entries.replace(next, next.version());
  }

  /** Frees a key that is at a version; false: it has changed. */
  Future<Boolean> remove(OnceEntry entry) {
    return entries.remove(entry.keyHash(), entry.version());
  }

  /** Forgets keys that have expired. */
  Future<Void> purgeExpired(Instant now) {
    return entries.purge(new Filter().below("expires_at", DocumentLayout.time(now)).json());
  }
}
