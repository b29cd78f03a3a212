package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The store's single-document operations in memory; it has no queries. */
final class MemoryStore implements DocumentStore {
  private final Map<String, Map<String, JsonObject>> collections = new HashMap<>();

  @Override
  public Future<Optional<JsonObject>> get(String collection, String id) {
    return Future.succeededFuture(
        Optional.ofNullable(documents(collection).get(id)).map(JsonObject::copy));
  }

  @Override
  public Future<Boolean> insert(String collection, JsonObject document) {
    return Future.succeededFuture(
        documents(collection).putIfAbsent(document.getString("_id"), document.copy()) == null);
  }

  @Override
  public Future<Boolean> replace(String collection, JsonObject document, long version) {
    String id = document.getString("_id");
    if (!isAt(collection, id, version)) {
      return Future.succeededFuture(false);
    }
    documents(collection).put(id, document.copy());
    return Future.succeededFuture(true);
  }

  @Override
  public Future<Boolean> remove(String collection, String id, long version) {
    return isAt(collection, id, version) ? remove(collection, id) : Future.succeededFuture(false);
  }

  @Override
  public Future<Boolean> remove(String collection, String id) {
    return Future.succeededFuture(documents(collection).remove(id) != null);
  }

  private boolean isAt(String collection, String id, long version) {
    JsonObject present = documents(collection).get(id);
    return present != null && present.getLong("version") == version;
  }

  private Map<String, JsonObject> documents(String collection) {
    return collections.computeIfAbsent(collection, name -> new HashMap<>());
  }

  @Override
  public Future<Optional<JsonObject>> getBy(String collection, String field, String value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<List<JsonObject>> find(
      String collection, JsonObject filter, JsonObject sort, int limit, JsonObject fields) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Long> count(String collection, JsonObject filter) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<List<JsonObject>> aggregate(String collection, JsonArray pipeline) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> insertMissing(String collection, List<JsonObject> documents) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> removeAll(String collection, List<JsonObject> documents) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<List<String>> collections() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> drop(String collection) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> ensureIndex(String collection, JsonObject keys, boolean unique) {
    throw new UnsupportedOperationException();
  }
}
