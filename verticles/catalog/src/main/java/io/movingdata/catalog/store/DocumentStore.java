package io.movingdata.catalog.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Documents with a string {@code _id} in named collections. A change touches one document and, but
 * for an insert, names the {@code version} that it replaces. Every failure is a {@code
 * MovingDataException}: {@code CATALOG_DOWN} where nothing happened, {@code SERVICE_TIMEOUT} where
 * the outcome of a change is unknown.
 */
public interface DocumentStore {
  /** The document of an id. */
  Future<Optional<JsonObject>> get(String collection, String id);

  /** The document that holds a value in a field with a unique index. */
  Future<Optional<JsonObject>> getBy(String collection, String field, String value);

  /** Documents that match, sorted, at most {@code limit}; 0 for all of them. */
  Future<List<JsonObject>> find(
      String collection, JsonObject filter, JsonObject sort, int limit, JsonObject fields);

  /** How many match. */
  Future<Long> count(String collection, JsonObject filter);

  /** The result of a pipeline that only reads. */
  Future<List<JsonObject>> aggregate(String collection, JsonArray pipeline);

  /** Adds a document; false: a unique index holds one of its values already. */
  Future<Boolean> insert(String collection, JsonObject document);

  /** Adds those documents whose ids are not taken. */
  Future<Void> insertMissing(String collection, List<JsonObject> documents);

  /** Puts a document in place of the one of its id and the given version; false: there is none. */
  Future<Boolean> replace(String collection, JsonObject document, long version);

  /** Removes the document of an id and version; false: there is none. */
  Future<Boolean> remove(String collection, String id, long version);

  /** Removes the document of an id, whatever its version; false: there is none. */
  Future<Boolean> remove(String collection, String id);

  /** Removes each of these documents whose version is still the same. */
  Future<Void> removeAll(String collection, List<JsonObject> documents);

  /** Removes the documents of these ids, whatever their versions. */
  Future<Void> removeEach(String collection, List<String> ids);

  /** Names of the collections that exist. */
  Future<List<String>> collections();

  /** Removes a collection; nothing happens where there is none. */
  Future<Void> drop(String collection);

  /** Makes an index unless it exists. */
  Future<Void> ensureIndex(String collection, JsonObject keys, boolean unique);
}
