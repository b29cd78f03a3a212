package io.movingdata.catalog;

import io.movingdata.catalog.store.DailyCollection;
import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.core.contract.InsightApi.DayOfUse;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.TimeId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;

/** Raw access events: a collection for each day on which they happened. */
final class EventRepository {
  /** An event under an id that the same event always gets. */
  record Entry(String id, AccessEvent event) {
    static Entry of(AccessEvent event) {
      return new Entry(TimeId.of(event.ts(), event.eventId()), event);
    }
  }

  private final DailyCollection<Entry> events;

  EventRepository(DocumentStore store) {
    this.events =
        new DailyCollection<>(
            store,
            "access_events_",
            new DocumentLayout<>(Entry.class, "id"),
            List.of("event.file_id"));
  }

  /** Adds those that are not there. */
  Future<Void> append(List<AccessEvent> batch) {
    return events.insertMissing(batch.stream().map(Entry::of).toList());
  }

  /** The days of which there are any, newest first. */
  Future<List<LocalDate>> days() {
    return events.days();
  }

  /** How files were used on a day. */
  Future<List<DayOfUse>> use(LocalDate day, List<String> fileIds) {
    JsonObject group =
        new JsonObject()
            .put("_id", "$event.file_id")
            .put("reads", countOf("read"))
            .put("writes", countOf("write"))
            .put("bytes", new JsonObject().put("$sum", "$event.bytes_read"));
    return events
        .group(day, new Filter().in("event.file_id", fileIds).json(), group)
        .map(
            groups ->
                groups.stream()
                    .map(
                        one ->
                            new DayOfUse(
                                one.getString("_id"),
                                day,
                                one.getLong("reads"),
                                one.getLong("writes"),
                                one.getLong("bytes")))
                    .toList());
  }

  private static JsonObject countOf(String kind) {
    JsonArray is = new JsonArray().add("$event.event").add(kind);
    JsonArray oneOrNone = new JsonArray().add(new JsonObject().put("$eq", is)).add(1).add(0);
    return new JsonObject().put("$sum", new JsonObject().put("$cond", oneOrNone));
  }

  /** How many there are. */
  Future<Long> count() {
    return events.count();
  }

  /** Forgets those from before a day. */
  Future<Void> dropBefore(LocalDate first) {
    return events.dropBefore(first);
  }
}
