package io.movingdata.catalog.store;

import io.movingdata.catalog.store.Batches.Removal;
import io.movingdata.catalog.store.Batches.Replacement;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A store that sends single-document operations which are asked at the same time in one command a
 * collection. Each is still durable before it is answered, and none begins before it is asked.
 */
final class BatchingStore implements DocumentStore {
  private final DocumentStore store;
  private final Batches batches;
  private final Map<String, Batcher<String, Optional<JsonObject>>> reads = new HashMap<>();
  private final Map<String, Batcher<JsonObject, Boolean>> inserts = new HashMap<>();
  private final Map<String, Batcher<Replacement, Boolean>> replacements = new HashMap<>();
  private final Map<String, Batcher<Removal, Boolean>> removals = new HashMap<>();

  BatchingStore(DocumentStore store, Batches batches) {
    this.store = store;
    this.batches = batches;
  }

  @Override
  public Future<Optional<JsonObject>> get(String collection, String id) {
    return reads
        .computeIfAbsent(
            collection,
            in ->
                new Batcher<>(
                    Function.identity(),
                    ids ->
                        ids.size() == 1
                            ? store.get(in, ids.get(0)).map(List::of)
                            : batches.getAll(in, ids)))
        .add(id);
  }

  @Override
  public Future<Boolean> insert(String collection, JsonObject document) {
    return inserts
        .computeIfAbsent(
            collection,
            in ->
                new Batcher<>(
                    one -> one.getString("_id"),
                    all ->
                        all.size() == 1
                            ? store.insert(in, all.get(0)).map(List::of)
                            : batches.insertAll(in, all)))
        .add(document);
  }

  @Override
  public Future<Boolean> replace(String collection, JsonObject document, long version) {
    return replacements
        .computeIfAbsent(
            collection,
            in ->
                new Batcher<>(
                    Replacement::id,
                    all ->
                        all.size() == 1
                            ? store
                                .replace(in, all.get(0).document(), all.get(0).version())
                                .map(List::of)
                            : batches.replaceAll(in, all)))
        .add(new Replacement(document, version));
  }

  @Override
  public Future<Boolean> remove(String collection, String id, long version) {
    return remove(collection, new Removal(id, version));
  }

  @Override
  public Future<Boolean> remove(String collection, String id) {
    return remove(collection, new Removal(id, null));
  }

  private Future<Boolean> remove(String collection, Removal removal) {
    return removals
        .computeIfAbsent(
            collection,
            in ->
                new Batcher<>(
                    Removal::id,
                    all ->
                        all.size() == 1
                            ? removeOne(in, all.get(0)).map(List::of)
                            : batches.removeAll(in, all)))
        .add(removal);
  }

  private Future<Boolean> removeOne(String collection, Removal one) {
    return one.version() == null
        ? store.remove(collection, one.id())
        : store.remove(collection, one.id(), one.version());
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
  public Future<Void> insertMissing(String collection, List<JsonObject> documents) {
    return store.insertMissing(collection, documents);
  }

  @Override
  public Future<Void> removeAll(String collection, List<JsonObject> documents) {
    return store.removeAll(collection, documents);
  }

  @Override
  public Future<Void> removeEach(String collection, List<String> ids) {
    return store.removeEach(collection, ids);
  }

  @Override
  public Future<List<String>> collections() {
    return store.collections();
  }

  @Override
  public Future<Void> drop(String collection) {
    return store.drop(collection);
  }

  @Override
  public Future<Void> ensureIndex(String collection, JsonObject keys, boolean unique) {
    return store.ensureIndex(collection, keys, unique);
  }
}
