package io.movingdata.catalog.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.BulkWriteOptions;
import io.vertx.ext.mongo.MongoClientBulkWriteResult;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Batches on a MongoDB server. It says of a batch only how many documents it matched; where that is
 * not all of them, the documents themselves say whose change was made.
 */
final class MongoBatches implements Batches {
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().setOrdered(false);

  private final MongoDocumentStore store;

  MongoBatches(MongoDocumentStore store) {
    this.store = store;
  }

  @Override
  public Future<List<Optional<JsonObject>>> getAll(String collection, List<String> ids) {
    return byId(collection, ids)
        .map(found -> ids.stream().map(id -> Optional.ofNullable(found.get(id))).toList());
  }

  private Future<Map<String, JsonObject>> byId(String collection, List<String> ids) {
    JsonObject filter =
        new JsonObject().put("_id", new JsonObject().put("$in", new JsonArray(List.copyOf(ids))));
    return store
        .find(collection, filter, null, 0, null)
        .map(
            documents -> {
              Map<String, JsonObject> found = new HashMap<>();
              documents.forEach(document -> found.put(document.getString("_id"), document));
              return found;
            });
  }

  @Override
  public Future<List<Boolean>> insertAll(String collection, List<JsonObject> documents) {
    List<BulkOperation> inserts = documents.stream().map(BulkOperation::createInsert).toList();
    return store.write(
        mongo ->
            mongo
                .bulkWriteWithOptions(collection, inserts, UNORDERED)
                .map(done -> all(documents.size(), true))
                .recover(
                    failure ->
                        MongoErrors.onlyDuplicateKeys(failure)
                            ? Future.succeededFuture(
                                without(documents.size(), MongoErrors.failed(failure)))
                            : Future.failedFuture(failure)));
  }

  @Override
  public Future<List<Boolean>> replaceAll(String collection, List<Replacement> replacements) {
    List<BulkOperation> operations =
        replacements.stream()
            .map(r -> BulkOperation.createReplace(at(r.id(), r.version()), r.document()))
            .toList();
    return bulk(collection, operations)
        .compose(
            result ->
                result.getMatchedCount() == replacements.size()
                    ? Future.succeededFuture(all(replacements.size(), true))
                    : look(collection, replacements));
  }

  private Future<List<Boolean>> look(String collection, List<Replacement> replacements) {
    return byId(collection, replacements.stream().map(Replacement::id).toList())
        .map(
            found ->
                replacements.stream().map(r -> r.document().equals(found.get(r.id()))).toList());
  }

  @Override
  public Future<List<Boolean>> removeAll(String collection, List<Removal> removals) {
    List<BulkOperation> operations =
        removals.stream().map(r -> BulkOperation.createDelete(at(r.id(), r.version()))).toList();
    return bulk(collection, operations)
        .map(result -> all(removals.size(), result.getDeletedCount() == removals.size()));
  }

  private Future<MongoClientBulkWriteResult> bulk(
      String collection, List<BulkOperation> operations) {
    return store.write(mongo -> mongo.bulkWriteWithOptions(collection, operations, UNORDERED));
  }

  private static JsonObject at(String id, Long version) {
    JsonObject filter = new JsonObject().put("_id", id);
    return version == null ? filter : filter.put("version", version);
  }

  private static List<Boolean> all(int size, boolean answer) {
    return Collections.nCopies(size, answer);
  }

  private static List<Boolean> without(int size, Set<Integer> failed) {
    return IntStream.range(0, size).mapToObj(i -> !failed.contains(i)).toList();
  }
}
