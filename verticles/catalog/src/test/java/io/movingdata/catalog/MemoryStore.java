package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The store in memory, with as much of its query language as the catalog speaks. */
final class MemoryStore implements DocumentStore {
  private final Map<String, Map<String, JsonObject>> collections = new HashMap<>();
  private final Map<String, List<String>> unique = new HashMap<>();

  @Override
  public Future<Optional<JsonObject>> get(String collection, String id) {
    return Future.succeededFuture(
        Optional.ofNullable(documents(collection).get(id)).map(JsonObject::copy));
  }

  @Override
  public Future<Boolean> insert(String collection, JsonObject document) {
    boolean taken =
        unique.getOrDefault(collection, List.of()).stream()
            .anyMatch(field -> holder(collection, field, document.getString(field)).isPresent());
    return Future.succeededFuture(
        !taken
            && documents(collection).putIfAbsent(document.getString("_id"), document.copy())
                == null);
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
    return collections.computeIfAbsent(collection, name -> new LinkedHashMap<>());
  }

  @Override
  public Future<Optional<JsonObject>> getBy(String collection, String field, String value) {
    return Future.succeededFuture(holder(collection, field, value).map(JsonObject::copy));
  }

  private Optional<JsonObject> holder(String collection, String field, String value) {
    return documents(collection).values().stream()
        .filter(document -> value.equals(document.getString(field)))
        .findFirst();
  }

  @Override
  public Future<List<JsonObject>> find(
      String collection, JsonObject filter, JsonObject sort, int limit, JsonObject fields) {
    Stream<JsonObject> found =
        documents(collection).values().stream()
            .filter(document -> MemoryFilter.matches(document, filter))
            .map(JsonObject::copy);
    if (sort != null) {
      found = found.sorted(MemoryFilter.order(sort));
    }
    return Future.succeededFuture((limit == 0 ? found : found.limit(limit)).toList());
  }

  @Override
  public Future<Void> removeAll(String collection, List<JsonObject> documents) {
    documents.forEach(one -> remove(collection, one.getString("_id"), one.getLong("version")));
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> removeEach(String collection, List<String> ids) {
    ids.forEach(documents(collection)::remove);
    return Future.succeededFuture();
  }

  @Override
  public Future<List<String>> collections() {
    return Future.succeededFuture(List.copyOf(collections.keySet()));
  }

  @Override
  public Future<Void> drop(String collection) {
    collections.remove(collection);
    return Future.succeededFuture();
  }

  /** Only what one field alone must not hold twice matters here. */
  @Override
  public Future<Void> ensureIndex(String collection, JsonObject keys, boolean isUnique) {
    if (isUnique && keys.size() == 1) {
      unique
          .computeIfAbsent(collection, name -> new ArrayList<>())
          .add(keys.fieldNames().iterator().next());
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Long> count(String collection, JsonObject filter) {
    return Future.succeededFuture(
        documents(collection).values().stream()
            .filter(document -> MemoryFilter.matches(document, filter))
            .count());
  }

  /** Sums are taken on a real store alone: whoever asks for them here is told so. */
  @Override
  public Future<List<JsonObject>> aggregate(String collection, JsonArray pipeline) {
    return Future.failedFuture(
        MovingDataException.of(ErrorCode.INTERNAL, "the store in memory knows no pipelines"));
  }

  @Override
  public Future<Void> insertMissing(String collection, List<JsonObject> documents) {
    documents.forEach(one -> insert(collection, one));
    return Future.succeededFuture();
  }
}
