package io.movingdata.catalog.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The indexes that queries rely on for speed. No guarantee rests on them: what must be unique is an
 * {@code _id}.
 */
public final class Indexes {
  private static final List<String> VERSIONED =
      List.of(
          "files",
          "uploads",
          "garbage",
          "moves_active",
          "jobs",
          "idempotency",
          "file_insights",
          "rules",
          "models",
          "model_data",
          "trainings",
          "alerts",
          "autopilot",
          "simulator",
          "passes",
          "replication",
          "mirrors",
          "backups",
          "sync_status",
          "mirror_deliveries");

  private Indexes() {}

  /** Makes those of the collections that always exist. */
  public static Future<Void> ensure(DocumentStore store) {
    List<Future<Void>> made = new ArrayList<>();
    for (String collection : VERSIONED) {
      made.add(store.ensureIndex(collection, keys("_id", 1, "version", 1), true));
    }
    made.add(store.ensureIndex("moves_active", keys("move_id", 1), true));
    made.add(store.ensureIndex("moves_active", keys("priority", -1, "created_at", 1), false));
    made.add(store.ensureIndex("moves_active", keys("job_id", 1), false));
    // Every listing is of files that are not deleted, and ends with the id.
    made.add(store.ensureIndex("files", keys("deleted", 1, "_id", 1), false));
    for (String field : List.of("primary", "size_bytes", "updated_at")) {
      made.add(store.ensureIndex("files", keys("deleted", 1, field, 1).put("_id", 1), false));
    }
    made.add(store.ensureIndex("files", keys("pinned_until", 1), false));
    made.add(store.ensureIndex("file_insights", keys("decision.move", 1), false));
    made.add(store.ensureIndex("file_insights", keys("windows.at", 1), false));
    made.add(store.ensureIndex("uploads", keys("updated_at", 1), false));
    made.add(store.ensureIndex("garbage", keys("due_at", 1), false));
    made.add(store.ensureIndex("garbage", keys("file_id", 1), false));
    made.add(store.ensureIndex("idempotency", keys("expires_at", 1), false));
    return Future.all(made).mapEmpty();
  }

  /** Makes those of one day's collection: one on each field. */
  public static Future<Void> ensureDaily(
      DocumentStore store, String collection, List<String> fields) {
    return Future.all(
            fields.stream()
                .map(field -> store.ensureIndex(collection, keys(field, 1), false))
                .toList())
        .mapEmpty();
  }

  private static JsonObject keys(String field, int order) {
    return new JsonObject().put(field, order);
  }

  private static JsonObject keys(String first, int order, String second, int secondOrder) {
    return keys(first, order).put(second, secondOrder);
  }
}
