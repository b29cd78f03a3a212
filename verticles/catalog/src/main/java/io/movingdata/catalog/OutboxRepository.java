package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.catalog.store.VersionedCollection;
import io.movingdata.core.model.OutboxEntry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The collection {@code outbox}: a document a fact that the event broker does not have yet. */
final class OutboxRepository {
  private static final String NAME = "outbox";
  private static final String HOLDER = "outbox_holder";
  private static final JsonObject OLDEST_FIRST = new JsonObject().put("_id", 1);
  private static final DocumentLayout<OutboxEntry> LAYOUT =
      new DocumentLayout<>(OutboxEntry.class, "id");

  /** Who sends what waits: one at a time, so that it leaves in order. */
  record Holder(String id, long version, String owner, Instant until) {
    Holder atVersion(long next) {
      return new Holder(id, next, owner, until);
    }
  }

  private final DocumentStore store;
  private final VersionedCollection<Holder> holders;
  private final Clock clock;

  OutboxRepository(DocumentStore store, Clock clock) {
    this.store = store;
    this.holders =
        new VersionedCollection<>(
            store, HOLDER, new DocumentLayout<>(Holder.class, "id"), Holder::atVersion);
    this.clock = clock;
  }

  /** Adds those entries that are not there. */
  Future<Void> add(List<OutboxEntry> entries) {
    return entries.size() == 1
        ? store.insert(NAME, LAYOUT.toDocument(entries.get(0))).mapEmpty()
        : store.insertMissing(NAME, entries.stream().map(LAYOUT::toDocument).toList());
  }

  /** How many wait. */
  Future<Long> count() {
    return store.count(NAME, new JsonObject());
  }

  /** The oldest. */
  Future<List<OutboxEntry>> oldest(int limit) {
    return store
        .find(NAME, new JsonObject(), OLDEST_FIRST, limit, null)
        .map(found -> found.stream().map(LAYOUT::fromDocument).toList());
  }

  /** Whether any of a kind waits. */
  Future<Boolean> holds(OutboxEntry.Kind kind) {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return store
        .find(NAME, new Filter().is("kind", word).json(), null, 1, new JsonObject().put("_id", 1))
        .map(found -> !found.isEmpty());
  }

  /** Removes entries. */
  Future<Void> remove(List<String> ids) {
    return store.removeEach(NAME, ids);
  }

  /** Takes or keeps the lease; false: another holds it. */
  Future<Boolean> hold(String owner, Duration time) {
    Instant now = clock.instant();
    Holder wanted = new Holder(NAME, 0, owner, now.plus(time));
    return CasLoop.run(
        () ->
            holders
                .get(NAME)
                .compose(
                    found -> {
                      if (found.isEmpty()) {
                        return holders.insert(wanted, 1).map(one -> one.map(taken -> true));
                      }
                      Holder before = found.get();
                      if (!before.owner().equals(owner) && before.until().isAfter(now)) {
                        return Future.succeededFuture(Optional.of(false));
                      }
                      return holders
                          .replace(wanted, before.version())
                          .map(one -> one.map(taken -> true));
                    }));
  }
}
