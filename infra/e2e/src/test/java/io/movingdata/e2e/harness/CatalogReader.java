package io.movingdata.e2e.harness;

import static io.movingdata.testkit.Results.outcome;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.core.judge.CatalogDump;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveRecord;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.util.ArrayList;
import java.util.List;

/** Reads the catalog's documents from the metadata store, past every node. */
final class CatalogReader implements AutoCloseable {
  private static final String HISTORY = "moves_\\d{8}";
  private static final String ENDED = "ended";
  private static final DocumentLayout<CopyIntent> COPIES =
      new DocumentLayout<>(CopyIntent.class, "copy_id");

  private final MongoClient mongo;

  CatalogReader(Vertx vertx, String url, String database) {
    JsonObject config = new JsonObject().put("connection_string", url).put("db_name", database);
    this.mongo = MongoClient.create(vertx, config);
  }

  CatalogDump read() {
    // What moves from one collection to another is written to the second before it leaves the
    // first.
    List<MoveRecord> active =
        records("moves_active", new DocumentLayout<>(MoveRecord.class, "file_id"));
    List<MoveRecord> past = new ArrayList<>();
    for (String name : outcome(mongo.getCollections())) {
      if (name.matches(HISTORY)) {
        past.addAll(records(name, new DocumentLayout<>(MoveRecord.class, "move_id")));
      }
    }
    List<JsonObject> copies = documents("uploads");
    List<FileRecord> files = records("files", new DocumentLayout<>(FileRecord.class, "id"));
    return new CatalogDump(
        files,
        copies(copies, false),
        copies(copies, true),
        records("garbage", new DocumentLayout<>(Garbage.class, "copy_id")),
        active,
        past);
  }

  private static List<CopyIntent> copies(List<JsonObject> documents, boolean ended) {
    return documents.stream()
        .filter(document -> document.getBoolean(ENDED, false) == ended)
        .map(COPIES::fromDocument)
        .toList();
  }

  private <T> List<T> records(String collection, DocumentLayout<T> layout) {
    return documents(collection).stream().map(layout::fromDocument).toList();
  }

  private List<JsonObject> documents(String collection) {
    return outcome(mongo.find(collection, new JsonObject()));
  }

  @Override
  public void close() {
    outcome(mongo.close());
  }
}
