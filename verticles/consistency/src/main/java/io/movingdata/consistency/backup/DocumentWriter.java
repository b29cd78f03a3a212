package io.movingdata.consistency.backup;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Chooses which documents of a backup are put back as they are, and batches them. Files come from
 * {@code RESTORE_FILES}; work that was under way then is over, and what waited for the broker was
 * mostly sent since.
 */
final class DocumentWriter implements BackupText.Listener {
  private static final int BATCH = 200;
  private static final long BATCH_CHARACTERS = 2_000_000;
  private static final Set<String> AS_THEY_ARE =
      Set.of(
          "moves",
          "garbage",
          "sync_status",
          "rules",
          "models",
          "model_data",
          "alerts",
          "autopilot",
          "simulator",
          "replication",
          "mirrors",
          "audit");

  private final Set<String> restored;
  private final Batches batches;
  private final List<String> pending = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private String collection = "";
  private long characters;

  /** Takes batches, in order; may hold up who reads. */
  interface Batches {
    void take(String collection, List<String> documents);
  }

  /** {@code restored}: ids of the files that were restored. */
  DocumentWriter(Set<String> restored, Batches batches) {
    this.restored = Set.copyOf(restored);
    this.batches = batches;
  }

  @Override
  public void head(Instant begun) {
    // Nothing is to be done with it.
  }

  @Override
  public void document(String name, JsonObject document) {
    if (!wanted(name, document)) {
      return;
    }
    String text = document.encode();
    boolean full = pending.size() >= BATCH || characters + text.length() > BATCH_CHARACTERS;
    if (!name.equals(collection) || full) {
      flush();
      collection = name;
    }
    pending.add(text);
    characters += text.length();
    counts.merge(name, 1L, Long::sum);
  }

  private boolean wanted(String name, JsonObject document) {
    return switch (name) {
      case "files" ->
          document.getBoolean("deleted", false) && !restored.contains(document.getString("_id"));
      case "file_insights" -> restored.contains(document.getString("_id"));
      case "jobs" -> document.getString("finished_at") != null;
      default -> AS_THEY_ARE.contains(name);
    };
  }

  /** Sends what is left. */
  void flush() {
    if (!pending.isEmpty()) {
      batches.take(collection, List.copyOf(pending));
      pending.clear();
      characters = 0;
    }
  }

  /** Documents by collection. */
  Map<String, Long> counts() {
    return counts;
  }
}
