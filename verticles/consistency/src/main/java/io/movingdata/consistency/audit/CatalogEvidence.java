package io.movingdata.consistency.audit;

import io.movingdata.consistency.tool.CatalogPages;
import io.movingdata.core.judge.CatalogDump;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveRecord;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the catalog's documents in an order in which nothing escapes that goes from one collection
 * to another meanwhile: it is written to the second before it leaves the first.
 */
final class CatalogEvidence {
  private final CatalogPages pages;
  private final List<MoveRecord> active = new ArrayList<>();
  private final List<MoveRecord> past = new ArrayList<>();
  private final List<CopyIntent> intents = new ArrayList<>();
  private final List<CopyIntent> markers = new ArrayList<>();
  private final List<FileRecord> files = new ArrayList<>();
  private final List<Garbage> garbage = new ArrayList<>();

  CatalogEvidence(CatalogPages pages) {
    this.pages = pages;
  }

  Future<CatalogDump> read() {
    return pages
        .records("moves_active", "file_id", MoveRecord.class, active::add)
        .compose(done -> pages.records("moves", "move_id", MoveRecord.class, past::add))
        .compose(done -> pages.each("uploads", this::copies))
        .compose(done -> pages.records("files", "id", FileRecord.class, files::add))
        .compose(done -> pages.records("garbage", "copy_id", Garbage.class, garbage::add))
        .map(done -> new CatalogDump(files, intents, markers, garbage, active, past));
  }

  private Future<Void> copies(List<String> page) {
    for (String text : page) {
      JsonObject document = new JsonObject(text);
      boolean marker = document.getBoolean("ended", false);
      CopyIntent copy = CatalogPages.record(document, "copy_id", CopyIntent.class);
      (marker ? markers : intents).add(copy);
    }
    return Future.succeededFuture();
  }

  /** How far the reading is. */
  String progress() {
    return files.size() + " files of the catalog read";
  }
}
