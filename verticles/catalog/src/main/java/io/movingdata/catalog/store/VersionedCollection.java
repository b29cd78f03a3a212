package io.movingdata.catalog.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Records of one type in one collection, each with a version that every change raises by one. */
public final class VersionedCollection<T> {
  private static final JsonObject VERSION_ONLY = new JsonObject().put("version", 1);
  private static final int PURGE_PAGE = 200;

  private final DocumentStore store;
  private final String name;
  private final DocumentLayout<T> layout;
  private final BiFunction<T, Long, T> atVersion;

  /** A collection; {@code atVersion} makes a record the same record at another version. */
  public VersionedCollection(
      DocumentStore store,
      String name,
      DocumentLayout<T> layout,
      BiFunction<T, Long, T> atVersion) {
    this.store = store;
    this.name = name;
    this.layout = layout;
    this.atVersion = atVersion;
  }

  /** The record of an id. */
  public Future<Optional<T>> get(String id) {
    return store.get(name, id).map(found -> found.map(layout::fromDocument));
  }

  /** The record that holds a value in a field with a unique index. */
  public Future<Optional<T>> getBy(String field, String value) {
    return store.getBy(name, field, value).map(found -> found.map(layout::fromDocument));
  }

  /** Adds a record at a version; empty: its id is taken. */
  public Future<Optional<T>> insert(T value, long version) {
    T next = atVersion.apply(value, version);
    return store
        .insert(name, layout.toDocument(next))
        .map(done -> done ? Optional.of(next) : Optional.empty());
  }

  /** Puts a record in place of its predecessor of a version; empty: that one is gone. */
  public Future<Optional<T>> replace(T value, long version) {
    T next = atVersion.apply(value, version + 1);
    return store
        .replace(name, layout.toDocument(next), version)
        .map(done -> done ? Optional.of(next) : Optional.empty());
  }

  /**
   * Puts a record in place of the one of its id and version and leaves the version as it is, for
   * what nobody must notice who decides by the version; false: that one is gone.
   */
  public Future<Boolean> annotate(T value, long version) {
    return store.replace(name, layout.toDocument(atVersion.apply(value, version)), version);
  }

  /** Removes the record of an id and version; false: there is none. */
  public Future<Boolean> remove(String id, long version) {
    return store.remove(name, id, version);
  }

  /** Removes the record of an id, whatever its version; false: there is none. */
  public Future<Boolean> remove(String id) {
    return store.remove(name, id);
  }

  /** Records that match, sorted, at most {@code limit}. */
  public Future<List<T>> find(JsonObject filter, JsonObject sort, int limit) {
    return store
        .find(name, filter, sort, limit, null)
        .map(found -> found.stream().map(layout::fromDocument).toList());
  }

  /** How many match. */
  public Future<Long> count(JsonObject filter) {
    return store.count(name, filter);
  }

  /** Removes what matches, unless it changes in the meantime; a page at a time. */
  public Future<Void> purge(JsonObject filter) {
    return store
        .find(name, filter, null, PURGE_PAGE, VERSION_ONLY)
        .compose(
            page ->
                page.isEmpty()
                    ? Future.succeededFuture()
                    : store
                        .removeAll(name, page)
                        .compose(
                            done ->
                                page.size() < PURGE_PAGE
                                    ? Future.succeededFuture()
                                    : purge(filter)));
  }
}
