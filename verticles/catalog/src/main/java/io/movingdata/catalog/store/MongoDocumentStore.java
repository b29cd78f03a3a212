package io.movingdata.catalog.store;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.BulkWriteOptions;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The store on a MongoDB server. Filters name exactly {@code _id}, or {@code _id} and {@code
 * version}, with plain values: both have a unique index, which is all that the local store's
 * indexes serve.
 */
final class MongoDocumentStore implements DocumentStore {
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().setOrdered(false);

  private final Supplier<MongoClient> client;
  private final StoreGate gate;

  MongoDocumentStore(Supplier<MongoClient> client, StoreGate gate) {
    this.client = client;
    this.gate = gate;
  }

  @Override
  public Future<Optional<JsonObject>> get(String collection, String id) {
    return getBy(collection, "_id", id);
  }

  @Override
  public Future<Optional<JsonObject>> getBy(String collection, String field, String value) {
    JsonObject filter = new JsonObject().put(field, value);
    return read(mongo -> mongo.findOne(collection, filter, null)).map(Optional::ofNullable);
  }

  @Override
  public Future<List<JsonObject>> find(
      String collection, JsonObject filter, JsonObject sort, int limit, JsonObject fields) {
    FindOptions options = new FindOptions().setLimit(limit == 0 ? -1 : limit);
    if (sort != null) {
      options.setSort(sort);
    }
    if (fields != null) {
      options.setFields(fields);
    }
    return read(mongo -> mongo.findWithOptions(collection, filter, options));
  }

  @Override
  public Future<Long> count(String collection, JsonObject filter) {
    return read(mongo -> mongo.count(collection, filter));
  }

  @Override
  public Future<List<JsonObject>> aggregate(String collection, JsonArray pipeline) {
    return read(mongo -> collect(mongo.aggregate(collection, pipeline)));
  }

  @Override
  public Future<Boolean> insert(String collection, JsonObject document) {
    return write(
        mongo ->
            mongo
                .insert(collection, document)
                .map(id -> true)
                .recover(
                    failure ->
                        MongoErrors.duplicateKey(failure)
                            ? Future.succeededFuture(false)
                            : Future.failedFuture(failure)));
  }

  @Override
  public Future<Void> insertMissing(String collection, List<JsonObject> documents) {
    if (documents.isEmpty()) {
      return Future.succeededFuture();
    }
    List<BulkOperation> inserts = documents.stream().map(BulkOperation::createInsert).toList();
    return write(
        mongo ->
            mongo
                .bulkWriteWithOptions(collection, inserts, UNORDERED)
                .<Void>mapEmpty()
                .recover(
                    failure ->
                        MongoErrors.onlyDuplicateKeys(failure)
                            ? Future.succeededFuture()
                            : Future.failedFuture(failure)));
  }

  @Override
  public Future<Boolean> replace(String collection, JsonObject document, long version) {
    JsonObject filter = at(document.getString("_id"), version);
    return write(mongo -> mongo.replaceDocuments(collection, filter, document))
        .map(result -> result.getDocMatched() == 1);
  }

  @Override
  public Future<Boolean> remove(String collection, String id, long version) {
    return write(mongo -> mongo.removeDocument(collection, at(id, version)))
        .map(result -> result.getRemovedCount() == 1);
  }

  @Override
  public Future<Boolean> remove(String collection, String id) {
    return write(mongo -> mongo.removeDocument(collection, new JsonObject().put("_id", id)))
        .map(result -> result.getRemovedCount() == 1);
  }

  @Override
  public Future<Void> removeAll(String collection, List<JsonObject> documents) {
    if (documents.isEmpty()) {
      return Future.succeededFuture();
    }
    List<BulkOperation> deletes =
        documents.stream()
            .map(d -> BulkOperation.createDelete(at(d.getString("_id"), d.getLong("version"))))
            .toList();
    return write(mongo -> mongo.bulkWriteWithOptions(collection, deletes, UNORDERED)).mapEmpty();
  }

  @Override
  public Future<Void> removeEach(String collection, List<String> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture();
    }
    JsonObject filter = new Filter().in("_id", ids).json();
    return write(mongo -> mongo.removeDocuments(collection, filter)).mapEmpty();
  }

  @Override
  public Future<List<String>> collections() {
    return read(MongoClient::getCollections);
  }

  @Override
  public Future<Void> drop(String collection) {
    return write(mongo -> mongo.dropCollection(collection));
  }

  @Override
  public Future<Void> ensureIndex(String collection, JsonObject keys, boolean unique) {
    return write(
        mongo -> mongo.createIndexWithOptions(collection, keys, new IndexOptions().unique(unique)));
  }

  private static JsonObject at(String id, long version) {
    return new JsonObject().put("_id", id).put("version", version);
  }

  private <R> Future<R> read(Function<MongoClient, Future<R>> operation) {
    return run(operation, false);
  }

  /** Runs an operation that changes something, with failures translated. */
  <R> Future<R> write(Function<MongoClient, Future<R>> operation) {
    return run(operation, true);
  }

  private <R> Future<R> run(Function<MongoClient, Future<R>> operation, boolean write) {
    if (!gate.isOpen()) {
      return Future.failedFuture(gate.refusal());
    }
    Future<R> outcome;
    try {
      outcome = operation.apply(client.get());
    } catch (RuntimeException e) {
      outcome = Future.failedFuture(e);
    }
    Future<R> translated =
        outcome
            .onSuccess(result -> gate.answered())
            .recover(failure -> Future.failedFuture(noted(MongoErrors.translate(failure, write))));
    return gate.whileOpen(translated, write);
  }

  private Throwable noted(Throwable failure) {
    if (MovingDataException.is(failure, ErrorCode.CATALOG_DOWN)) {
      gate.shut(failure.getMessage());
    }
    return failure;
  }

  private static Future<List<JsonObject>> collect(ReadStream<JsonObject> stream) {
    Promise<List<JsonObject>> all = Promise.promise();
    List<JsonObject> items = new ArrayList<>();
    stream
        .exceptionHandler(all::tryFail)
        .endHandler(end -> all.tryComplete(items))
        .handler(items::add);
    return all.future();
  }
}
