package io.movingdata.consistency.backup;

import io.movingdata.consistency.rebuild.Known;
import io.movingdata.consistency.tool.CatalogPages;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a backup says of files and of copies that were given up. */
final class Remembered implements BackupText.Listener {
  private final Map<String, FileRecord> files = new HashMap<>();
  private final Set<String> givenUp = new HashSet<>();
  private Instant at;

  @Override
  public void head(Instant begun) {
    at = begun;
  }

  @Override
  public void document(String collection, JsonObject document) {
    switch (collection) {
      case "files" -> {
        FileRecord file = CatalogPages.record(document, "id", FileRecord.class);
        files.put(file.id(), file);
      }
      case "garbage" -> givenUp.add(document.getString("_id"));
      case "uploads" -> {
        if (document.getBoolean("discarded", false)) {
          givenUp.add(document.getString("_id"));
        }
      }
      default -> {
        // Restored as it is, later.
      }
    }
  }

  /** When the backup was begun. */
  Instant at() {
    return at;
  }

  /** All of it. An entry of a copy that its file still references means nothing. */
  Known known() {
    Set<String> referenced =
        files.values().stream()
            .flatMap(file -> file.replicas().stream())
            .map(Replica::copyId)
            .collect(Collectors.toSet());
    Set<String> given = new HashSet<>(givenUp);
    given.removeAll(referenced);
    return new Known(files, given);
  }
}
