package io.movingdata.catalog.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The store's single-document operations, many in one command: each answered as if it had been
 * alone, in no particular order among themselves. Failures are those of {@link DocumentStore} and
 * concern the whole batch: where the outcome is unknown, each one's is.
 */
interface Batches {
  /** The documents of these ids. */
  Future<List<Optional<JsonObject>>> getAll(String collection, List<String> ids);

  /** Adds documents; false: a unique index holds one of its values already. */
  Future<List<Boolean>> insertAll(String collection, List<JsonObject> documents);

  /**
   * Puts documents in place of those of their ids and the given versions; false: there was none, or
   * another took its place before this could be found out.
   */
  Future<List<Boolean>> replaceAll(String collection, List<Replacement> replacements);

  /** Removes documents of an id and version; false: there was none, or that is not known. */
  Future<List<Boolean>> removeAll(String collection, List<Removal> removals);

  /** A document and the version that it replaces. */
  record Replacement(JsonObject document, long version) {
    String id() {
      return document.getString("_id");
    }
  }

  /** Names a document; {@code version} null for any. */
  record Removal(String id, Long version) {}
}
