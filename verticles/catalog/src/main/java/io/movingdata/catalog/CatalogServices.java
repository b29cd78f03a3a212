package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import java.time.Clock;
import java.util.List;

/** The catalog's services over one store. */
record CatalogServices(
    FileService files,
    PlacementService placement,
    UsageService usage,
    CopyService copies,
    DiscardService discard,
    GarbageService garbage,
    MoveService moves,
    MoveListing moveListing,
    JobService jobs,
    AuditService audit,
    OnceService once,
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
    return new CatalogServices(
        new FileService(files, new FileFilters(locations)),
        new PlacementService(files, copies, garbage, bus, clock),
        new UsageService(files),
        new CopyService(copies, clock),
        new DiscardService(files, copies, garbage, clock),
        new GarbageService(garbage, copies, files, clock),
        new MoveService(moves),
        new MoveListing(moves),
        new JobService(jobs, moves, clock),
        new AuditService(audit),
        new OnceService(once, clock),
        new Housekeeping(clock, retention, files, copies, moves, jobs, audit, once));
  }
}
