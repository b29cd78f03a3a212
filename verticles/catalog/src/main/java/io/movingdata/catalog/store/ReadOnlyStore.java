package io.movingdata.catalog.store;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** A store that is only read: every change is refused with {@code CONFLICT}. */
final class ReadOnlyStore implements DocumentStore {
  private final DocumentStore store;

  ReadOnlyStore(DocumentStore store) {
    this.store = store;
  }

  private static <T> Future<T> refused() {
    return Future.failedFuture(
        MovingDataException.of(ErrorCode.CONFLICT, "this node only reads the catalog"));
  }

  @Override
  public Future<Optional<JsonObject>> get(String collection, String id) {
    return store.get(collection, id);
  }

  @Override
  public Future<Optional<JsonObject>> getBy(String collection, String field, String value) {
    return store.getBy(collection, field, value);
  }

  @Override
  public Future<List<JsonObject>> find(
      String collection, JsonObject filter, JsonObject sort, int limit, JsonObject fields) {
    return store.find(collection, filter, sort, limit, fields);
  }

  @Override
  public Future<Long> count(String collection, JsonObject filter) {
    return store.count(collection, filter);
  }

  @Override
  public Future<List<JsonObject>> aggregate(String collection, JsonArray pipeline) {
    return store.aggregate(collection, pipeline);
  }

  @Override
  public Future<List<String>> collections() {
    return store.collections();
  }

  @Override
  public Future<Boolean> insert(String collection, JsonObject document) {
    return refused();
  }

  @Override
  public Future<Void> insertMissing(String collection, List<JsonObject> documents) {
    return refused();
  }

  @Override
  public Future<Boolean> replace(String collection, JsonObject document, long version) {
    return refused();
  }

  @Override
  public Future<Boolean> remove(String collection, String id, long version) {
    return refused();
  }

  @Override
  public Future<Boolean> remove(String collection, String id) {
    return refused();
  }

  @Override
  public Future<Void> removeAll(String collection, List<JsonObject> documents) {
    return refused();
  }

  @Override
  public Future<Void> removeEach(String collection, List<String> ids) {
    return refused();
  }

  @Override
  public Future<Void> drop(String collection) {
    return refused();
  }

  @Override
  public Future<Void> ensureIndex(String collection, JsonObject keys, boolean unique) {
    return refused();
  }
}
