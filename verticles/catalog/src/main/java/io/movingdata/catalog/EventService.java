package io.movingdata.catalog;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi.Count;
import io.movingdata.core.contract.InsightApi.DailyUse;
import io.movingdata.core.contract.InsightApi.DayOfUse;
import io.movingdata.core.contract.InsightApi.EventBatch;
import io.movingdata.core.contract.InsightApi.UseQuery;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.FileIds;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Keeps raw access events. */
final class EventService {
  private static final int MOST_DAYS = 40;

  private final EventRepository events;
  private final Retention retention;
  private final Clock clock;

  EventService(EventRepository events, Retention retention, Clock clock) {
    this.events = events;
    this.retention = retention;
    this.clock = clock;
  }

  /** Carries out {@code InsightApi.APPEND_EVENTS}. Those too old to be kept are left out. */
  Future<Done> append(EventBatch batch) {
    Ids.several(batch.events()).forEach(EventService::check);
    Instant oldest = clock.instant().minus(retention.events());
    List<AccessEvent> kept =
        batch.events().stream().filter(event -> event.ts().isAfter(oldest)).toList();
    return events.append(kept).map(Done.DONE);
  }

  private static void check(AccessEvent event) {
    FileIds.require(event.fileId());
    if (event.eventId() == null || event.ts() == null) {
      throw MovingDataException.invalid("event_id", "and ts must be given");
    }
  }

  /** Carries out {@code InsightApi.USE_BY_DAY}. */
  Future<DailyUse> byDay(UseQuery query) {
    List<String> ids = Ids.several(query.ids());
    ids.forEach(FileIds::require);
    boolean fits =
        query.from() != null
            && query.to() != null
            && !query.to().isBefore(query.from())
            && query.to().isBefore(query.from().plusDays(MOST_DAYS));
    if (!fits) {
      throw MovingDataException.invalid("from", "and to must name at most 40 days");
    }
    return events
        .days()
        .compose(
            days -> {
              LocalDate since = days.isEmpty() ? null : days.get(days.size() - 1);
              List<LocalDate> wanted =
                  days.stream()
                      .filter(day -> !day.isBefore(query.from()) && !day.isAfter(query.to()))
                      .toList();
              return ids.isEmpty()
                  ? Future.succeededFuture(new DailyUse(since, List.of()))
                  : use(wanted, ids).map(found -> new DailyUse(since, found));
            });
  }

  /** One day after the other: each may be a large collection. */
  private Future<List<DayOfUse>> use(List<LocalDate> days, List<String> ids) {
    List<DayOfUse> all = new ArrayList<>();
    Future<Void> read = Future.succeededFuture();
    for (LocalDate day : days) {
      read =
          read.compose(done -> events.use(day, ids))
              .map(
                  found -> {
                    all.addAll(found);
                    return null;
                  });
    }
    return read.map(all);
  }

  /** Carries out {@code InsightApi.COUNT_EVENTS}. */
  Future<Count> count() {
    return events.count().map(Count::new);
  }
}
