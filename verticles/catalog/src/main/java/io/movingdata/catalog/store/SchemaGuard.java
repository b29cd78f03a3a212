package io.movingdata.catalog.store;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the layout of the documents and this code together: a newer layout is refused, an older one
 * is brought up to date, one step a version. A step may run twice, on two nodes at once.
 */
public final class SchemaGuard {
  /** The layout of an empty catalog. */
  static final int FIRST = 1;

  private static final Logger LOG = LoggerFactory.getLogger(SchemaGuard.class);
  private static final String COLLECTION = "schema";
  private static final String ID = "catalog";

  private final List<Function<DocumentStore, Future<Void>>> steps;

  /** Knows one version more than there are steps: the first step leads from 1 to 2. */
  public SchemaGuard(List<Function<DocumentStore, Future<Void>>> steps) {
    this.steps = List.copyOf(steps);
  }

  /** The version that this code reads and writes. */
  public int current() {
    return FIRST + steps.size();
  }

  /** Completes once the store has the current version; fails where its version is newer. */
  public Future<Void> prepare(DocumentStore store) {
    return store
        .get(COLLECTION, ID)
        .compose(
            found ->
                found.isPresent()
                    ? migrate(store, found.get().getInteger("version"))
                    : create(store));
  }

  /** Completes where the store has the current version, or none yet; changes nothing. */
  public Future<Void> require(DocumentStore store) {
    return store
        .get(COLLECTION, ID)
        .compose(
            found -> {
              int version = found.map(one -> one.getInteger("version")).orElse(current());
              return version == current()
                  ? Future.succeededFuture()
                  : Future.failedFuture(
                      MovingDataException.of(
                          ErrorCode.CATALOG_DOWN,
                          "the catalog has schema version "
                              + version
                              + ", and this node reads "
                              + current()));
            });
  }

  private Future<Void> create(DocumentStore store) {
    return store
        .insert(COLLECTION, document(current()))
        .compose(inserted -> inserted ? Future.succeededFuture() : prepare(store));
  }

  private Future<Void> migrate(DocumentStore store, int version) {
    if (version > current()) {
      return Future.failedFuture(
          MovingDataException.of(
              ErrorCode.CATALOG_DOWN,
              "the catalog has schema version "
                  + version
                  + ", this node knows "
                  + current()
                  + ": upgrade the node"));
    }
    if (version == current()) {
      return Future.succeededFuture();
    }
    LOG.info("migrating the catalog from schema version {} to {}", version, version + 1);
    return steps
        .get(version - FIRST)
        .apply(store)
        .compose(done -> store.replace(COLLECTION, document(version + 1), version))
        .compose(replaced -> prepare(store));
  }

  private static JsonObject document(int version) {
    return new JsonObject().put("_id", ID).put("version", version);
  }
}
