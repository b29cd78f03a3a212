package io.movingdata.catalog;

import io.movingdata.catalog.store.DailyCollection;
import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.core.model.AuditEntry;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;

/** The audit trail: a collection a day, only ever added to. */
final class AuditRepository {
  private final DailyCollection<AuditEntry> trail;

  AuditRepository(DocumentStore store) {
    this.trail =
        new DailyCollection<>(
            store,
            "audit_",
            new DocumentLayout<>(AuditEntry.class, "id"),
            List.of("file_id", "move_id"));
  }

  /** Adds those entries that are not there. */
  Future<Void> append(List<AuditEntry> entries) {
    return trail.insertMissing(entries);
  }

  /** Entries that match, newest first, from the days wanted and with ids before one. */
  Future<List<AuditEntry>> newest(
      Filter filter, Predicate<LocalDate> wanted, String before, int limit) {
    return trail.newest(filter, wanted, before, limit);
  }

  /** Forgets entries from before a day. */
  Future<Void> dropBefore(LocalDate first) {
    return trail.dropBefore(first);
  }
}
