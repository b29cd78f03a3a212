package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/** One actor's view of a store: each operation waits until the test lets it happen. */
final class SteppedStore implements DocumentStore {
  private final DocumentStore store;
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  SteppedStore(DocumentStore store) {
    this.store = store;
  }

  /** Whether the actor waits for an operation. */
  boolean canStep() {
    return !waiting.isEmpty();
  }

  /** Lets one operation happen and the actor run on to its next. */
  void step() {
    waiting.remove().run();
  }

  /** Lets every operation happen. */
  void run() {
    while (canStep()) {
      step();
    }
  }

  private <T> Future<T> later(Supplier<Future<T>> operation) {
    Promise<T> promise = Promise.promise();
    waiting.add(() -> operation.get().onComplete(promise));
    return promise.future();
  }

  @Override
  public Future<Optional<JsonObject>> get(String collection, String id) {
    return later(() -> store.get(collection, id));
  }

  @Override
  public Future<Optional<JsonObject>> getBy(String collection, String field, String value) {
    return later(() -> store.getBy(collection, field, value));
  }

  @Override
  public Future<List<JsonObject>> find(
      String collection, JsonObject filter, JsonObject sort, int limit, JsonObject fields) {
    return later(() -> store.find(collection, filter, sort, limit, fields));
  }

  @Override
  public Future<Long> count(String collection, JsonObject filter) {
    return later(() -> store.count(collection, filter));
  }

  @Override
  public Future<List<JsonObject>> aggregate(String collection, JsonArray pipeline) {
    return later(() -> store.aggregate(collection, pipeline));
  }

  @Override
  public Future<Boolean> insert(String collection, JsonObject document) {
    return later(() -> store.insert(collection, document));
  }

  @Override
  public Future<Void> insertMissing(String collection, List<JsonObject> documents) {
    return later(() -> store.insertMissing(collection, documents));
  }

  @Override
  public Future<Boolean> replace(String collection, JsonObject document, long version) {
    return later(() -> store.replace(collection, document, version));
  }

  @Override
  public Future<Boolean> remove(String collection, String id, long version) {
    return later(() -> store.remove(collection, id, version));
  }

  @Override
  public Future<Boolean> remove(String collection, String id) {
    return later(() -> store.remove(collection, id));
  }

  @Override
  public Future<Void> removeAll(String collection, List<JsonObject> documents) {
    return later(() -> store.removeAll(collection, documents));
  }

  @Override
  public Future<Void> removeEach(String collection, List<String> ids) {
    return later(() -> store.removeEach(collection, ids));
  }

  @Override
  public Future<List<String>> collections() {
    return later(store::collections);
  }

  @Override
  public Future<Void> drop(String collection) {
    return later(() -> store.drop(collection));
  }

  @Override
  public Future<Void> ensureIndex(String collection, JsonObject keys, boolean unique) {
    return later(() -> store.ensureIndex(collection, keys, unique));
  }
}
