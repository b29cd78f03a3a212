package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The catalog's services over one store. */
record CatalogServices(
    FileService files,
    PlacementService placement,
    VerifiedService verified,
    UsageService usage,
    CopyService copies,
    DiscardService discard,
    GarbageService garbage,
    MoveService moves,
    MoveListing moveListing,
    JobService jobs,
    AuditService audit,
    OnceService once,
    EventService events,
    InsightService insights,
    OutboxService outbox,
    StateService state,
    FindingService findings,
    DeliveryService deliveries,
    DumpService dump,
    Housekeeping housekeeping) {

  static CatalogServices over(
      DocumentStore store,
      Bus bus,
      Clock clock,
      List<LocationConfig> locations,
      Retention retention) {
    FileRepository files = new FileRepository(store, clock);
    CopyRepository copies = new CopyRepository(store);
    GarbageRepository garbage = new GarbageRepository(store, clock);
    MoveRepository moves = new MoveRepository(store, clock);
    JobRepository jobs = new JobRepository(store);
    AuditRepository audit = new AuditRepository(store);
    OnceRepository once = new OnceRepository(store, clock);
    EventRepository events = new EventRepository(store);
    InsightRepository insights = new InsightRepository(store, clock);
    OutboxRepository outbox = new OutboxRepository(store, clock);
    FindingRepository findings = new FindingRepository(store, clock);
    return new CatalogServices(
        new FileService(files, new FileFilters(locations)),
        new PlacementService(files, copies, garbage, bus, clock),
        new VerifiedService(files),
        new UsageService(files),
        new CopyService(copies, clock),
        new DiscardService(files, copies, garbage, clock),
        new GarbageService(garbage, copies, files, clock),
        new MoveService(moves, outbox, insights),
        new MoveListing(moves),
        new JobService(jobs, moves, clock),
        new AuditService(audit),
        new OnceService(once, clock),
        new EventService(events, retention, clock),
        new InsightService(insights, clock),
        new OutboxService(outbox),
        new StateService(store),
        new FindingService(findings),
        new DeliveryService(store, clock),
        new DumpService(store, clock),
        new Housekeeping(
            clock,
            List.of(
                now -> files.purgeTombstones(now.minus(retention.tombstones())),
                now -> copies.purgeMarkers(now.minus(retention.tombstones())),
                now -> jobs.purgeFinished(now.minus(retention.moves())),
                once::purgeExpired,
                now -> moves.dropBefore(day(now, retention.moves())),
                now -> audit.dropBefore(day(now, retention.audit())),
                now -> events.dropBefore(day(now, retention.events())),
                now -> findings.purgeSettled(now.minus(retention.moves())))));
  }

  private static LocalDate day(Instant now, Duration kept) {
    return now.minus(kept).atZone(ZoneOffset.UTC).toLocalDate();
  }
}
