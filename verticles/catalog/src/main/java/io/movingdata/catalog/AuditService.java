package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.Filter;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi.AuditBatch;
import io.movingdata.core.contract.CatalogApi.AuditPage;
import io.movingdata.core.contract.CatalogApi.AuditQuery;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.AuditEntry;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Keeps and searches the audit trail. */
final class AuditService {
  private static final String ORDER = "audit";

  private final AuditRepository trail;

  AuditService(AuditRepository trail) {
    this.trail = trail;
  }

  /** Carries out {@code CatalogApi.APPEND_AUDIT}. */
  Future<Done> append(AuditBatch batch) {
    for (AuditEntry entry : batch.entries()) {
      Ids.time("id", entry.id());
      if (entry.at() == null) {
        throw MovingDataException.invalid("at", "is missing");
      }
    }
    return trail.append(batch.entries()).map(Done.DONE);
  }

  /** Carries out {@code CatalogApi.SEARCH_AUDIT}. */
  Future<AuditPage> search(AuditQuery query) {
    int limit = Ids.limit(query.limit());
    String before =
        query.cursor() == null
            ? null
            : Ids.time("cursor", Cursor.decode(query.cursor(), ORDER).id());
    return trail
        .newest(filter(query), day -> covers(query, day), before, limit + 1)
        .map(found -> page(found, limit));
  }

  private static Filter filter(AuditQuery query) {
    Filter filter =
        new Filter()
            .isIfGiven("file_id", query.fileId())
            .isIfGiven("principal", query.principal())
            .isIfGiven("action", query.action())
            .isIfGiven("decision", query.decision())
            .isIfGiven("move_id", query.moveId());
    if (query.from() != null) {
      filter.atLeast("at", DocumentLayout.time(query.from()));
    }
    if (query.to() != null) {
      filter.atMost("at", DocumentLayout.time(query.to()));
    }
    return filter;
  }

  /** An entry's id may have been made a little before or after the time that it tells. */
  private static boolean covers(AuditQuery query, LocalDate day) {
    boolean early = query.from() != null && day.isBefore(dayOf(query.from()).minusDays(1));
    boolean late = query.to() != null && day.isAfter(dayOf(query.to()).plusDays(1));
    return !early && !late;
  }

  private static LocalDate dayOf(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static AuditPage page(List<AuditEntry> found, int limit) {
    if (found.size() <= limit) {
      return new AuditPage(found, null);
    }
    List<AuditEntry> entries = found.subList(0, limit);
    Cursor next = new Cursor(ORDER, null, null, entries.get(limit - 1).id());
    return new AuditPage(entries, next.encode());
  }
}
