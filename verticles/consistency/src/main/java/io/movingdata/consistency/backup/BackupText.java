package io.movingdata.consistency.backup;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * What a backup holds, line by line: a head, a line for each document, and an end without which it
 * is not whole. {@code {"backup":…}}, {@code {"c":collection,"d":document}}, {@code {"end":count}}.
 */
final class BackupText {
  /** Collections in the order in which nothing escapes that goes from one to another meanwhile. */
  static final List<String> COLLECTIONS =
      List.of(
          "moves_active",
          "moves",
          "uploads",
          "files",
          "garbage",
          "file_insights",
          "jobs",
          "outbox",
          "sync_status",
          "rules",
          "models",
          "model_data",
          "alerts",
          "autopilot",
          "simulator",
          "passes",
          "replication",
          "mirrors",
          "audit");

  private static final int FORMAT = 1;

  private BackupText() {}

  /** The first line. */
  static String head(String id, Instant at) {
    return new JsonObject().put("backup", FORMAT).put("id", id).put("at", at.toString()).encode();
  }

  /** A document's line; the document is JSON already. */
  static String line(String collection, String document) {
    return "{\"c\":\"" + collection + "\",\"d\":" + document + "}";
  }

  /** The last line. */
  static String end(long documents) {
    return new JsonObject().put("end", documents).encode();
  }

  /** Hears what a backup holds. */
  interface Listener {
    /** When it was begun. */
    void head(Instant at);

    /** A document of a collection. */
    void document(String collection, JsonObject document);
  }

  /** Reads lines in order; {@link #whole} in the end says whether all came. */
  static final class Reader {
    private final Listener listener;
    private boolean begun;
    private boolean ended;
    private long documents;

    Reader(Listener listener) {
      this.listener = listener;
    }

    /**
     * Takes the next line.
     *
     * @throws IllegalArgumentException where it is none of a backup that this code can read
     */
    void take(String text) {
      JsonObject line = new JsonObject(text);
      if (!begun) {
        if (line.getInteger("backup", 0) != FORMAT) {
          throw new IllegalArgumentException("not a backup of format " + FORMAT);
        }
        begun = true;
        listener.head(Instant.parse(line.getString("at")));
      } else if (line.containsKey("end")) {
        ended = line.getLong("end") == documents;
      } else {
        documents++;
        listener.document(line.getString("c"), line.getJsonObject("d"));
      }
    }

    /** Whether every document was there. */
    boolean whole() {
      return ended;
    }

    long documents() {
      return documents;
    }
  }
}
