package io.movingdata.testkit.model;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi.ClaimGarbage;
import io.movingdata.core.contract.CatalogApi.CopyRef;
import io.movingdata.core.contract.CatalogApi.ForgetGarbage;
import io.movingdata.core.contract.CatalogApi.GarbageList;
import io.movingdata.core.contract.CatalogApi.GarbageOf;
import io.movingdata.core.contract.CatalogApi.RenewGarbage;
import io.movingdata.core.contract.CatalogApi.SettleGarbage;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Garbage entries, their leases, and how a lease ends. */
final class Leases {
  private static final int MOST = 1_000;

  private Leases() {}

  /** {@code GET_GARBAGE}. */
  static GarbageList get(ModelCatalog catalog, CopyRef request) {
    return new GarbageList(catalog.garbage.get(request.copyId()).stream().toList());
  }

  /** {@code FILE_GARBAGE}. */
  static GarbageList of(ModelCatalog catalog, GarbageOf request) {
    return new GarbageList(
        catalog.garbage.find(
            entry -> entry.fileId().equals(request.fileId()),
            Comparator.comparing(Garbage::copyId),
            MOST));
  }

  /** Writes an entry; one that is there falls due anew and loses its lease. */
  static void put(ModelCatalog catalog, Garbage entry) {
    Garbage old = catalog.garbage.get(entry.copyId()).orElse(null);
    if (old == null) {
      catalog.garbage.insert(entry.copyId(), entry);
      return;
    }
    Garbage renewed =
        new Garbage(
            old.copyId(),
            old.version() + 1,
            old.fileId(),
            old.location(),
            old.key(),
            entry.etag() == null ? old.etag() : entry.etag(),
            entry.resumeToken() == null ? old.resumeToken() : entry.resumeToken(),
            reason(old, entry),
            entry.dueAt(),
            0,
            null,
            null,
            null,
            old.createdAt(),
            entry.copy() == null ? old.contentId() : entry.contentId(),
            entry.copy() == null ? old.copy() : entry.copy());
    catalog.garbage.replace(old.copyId(), old.version(), renewed);
  }

  private static String reason(Garbage old, Garbage entry) {
    boolean stray = entry.reason().equals("stray") && !old.reason().equals("abandoned");
    return stray ? old.reason() : entry.reason();
  }

  /** {@code CLAIM_GARBAGE}. */
  static final class Claiming extends Operation<GarbageList> {
    private final ModelCatalog catalog;
    private final Clock clock;
    private final ClaimGarbage request;
    private final List<Garbage> leased = new ArrayList<>();
    private Iterator<Garbage> due;
    private Instant until;

    Claiming(ModelCatalog catalog, Clock clock, ClaimGarbage request) {
      this.catalog = catalog;
      this.clock = clock;
      this.request = request;
      startWith(this::find);
    }

    private Step find() {
      Instant now = clock.instant();
      until = now.plusMillis(request.leaseMs());
      due =
          catalog
              .garbage
              .find(
                  e ->
                      !e.dueAt().isAfter(now)
                          && (e.leaseUntil() == null || !e.leaseUntil().isAfter(now)),
                  Comparator.comparing(Garbage::dueAt),
                  request.limit())
              .iterator();
      return next();
    }

    private Step next() {
      return due.hasNext() ? this::lease : answer(new GarbageList(leased));
    }

    private Step lease() {
      Garbage entry = due.next();
      Garbage mine =
          changed(
              entry,
              entry.dueAt(),
              entry.attempts() + 1,
              request.owner(),
              until,
              entry.lastError());
      if (catalog.garbage.replace(entry.copyId(), entry.version(), mine)) {
        leased.add(mine);
      }
      return next();
    }
  }

  /** {@code SETTLE_GARBAGE}. */
  static class Settling extends Operation<Done> {
    private final ModelCatalog catalog;
    private final SettleGarbage request;
    private Garbage seen;

    Settling(ModelCatalog catalog, SettleGarbage request) {
      this.catalog = catalog;
      this.request = request;
      startWith(request.dueAt() == null ? this::readIntent : this::read);
    }

    /** An intent that was opened after its copy had left must not outlive the entry. */
    final Step readIntent() {
      CopyIntent open = catalog.intent(request.copyId()).orElse(null);
      return open == null ? this::remove : () -> endIntent(open);
    }

    private Step endIntent(CopyIntent open) {
      return Copies.end(catalog, open) ? this::remove : this::readIntent;
    }

    private Step remove() {
      boolean done = catalog.garbage.remove(request.copyId(), request.version());
      return done ? answer(Done.DONE) : this::settledBefore;
    }

    private Step read() {
      seen =
          catalog
              .garbage
              .get(request.copyId())
              .filter(entry -> entry.version() == request.version())
              .orElse(null);
      return seen == null ? this::settledBefore : this::postpone;
    }

    private Step postpone() {
      Garbage waiting =
          changed(seen, request.dueAt(), seen.attempts(), null, null, request.error());
      boolean done = catalog.garbage.replace(seen.copyId(), seen.version(), waiting);
      return done ? answer(Done.DONE) : this::settledBefore;
    }

    final Step settledBefore() {
      Garbage found = catalog.garbage.get(request.copyId()).orElse(null);
      boolean asAsked =
          request.dueAt() == null
              ? found == null
              : found != null && request.dueAt().equals(found.dueAt());
      if (!asAsked) {
        throw conflict();
      }
      return answer(Done.DONE);
    }
  }

  private static MovingDataException conflict() {
    return MovingDataException.of(ErrorCode.VERSION_CONFLICT, "the entry changed");
  }

  /** {@code FORGET_GARBAGE}: raise the file's version, then as when an entry is settled. */
  static final class Forgetting extends Settling {
    private final ModelCatalog catalog;
    private final ForgetGarbage request;
    private FileRecord file;

    Forgetting(ModelCatalog catalog, ForgetGarbage request) {
      super(catalog, new SettleGarbage(request.copyId(), request.version(), null, null));
      this.catalog = catalog;
      this.request = request;
      startWith(this::readEntry);
    }

    private Step readEntry() {
      Garbage entry = catalog.garbage.get(request.copyId()).orElse(null);
      return entry != null && entry.version() == request.version()
          ? () -> readFile(entry)
          : this::settledBefore;
    }

    private Step readFile(Garbage entry) {
      file = catalog.files.get(entry.fileId()).orElse(null);
      if (file == null || !file.references(entry.copyId())) {
        throw conflict();
      }
      return () -> raise(entry);
    }

    private Step raise(Garbage entry) {
      long version = file.version();
      return catalog.files.replace(file.id(), version, file.atVersion(version + 1))
          ? this::readIntent
          : () -> readFile(entry);
    }
  }

  /** {@code RENEW_GARBAGE}. */
  static final class Renewing extends Operation<GarbageList> {
    private final ModelCatalog catalog;
    private final RenewGarbage request;
    private final Instant until;
    private Garbage seen;

    Renewing(ModelCatalog catalog, Clock clock, RenewGarbage request) {
      this.catalog = catalog;
      this.request = request;
      this.until = clock.instant().plusMillis(request.leaseMs());
      startWith(this::read);
    }

    private Step read() {
      seen = catalog.garbage.get(request.copyId()).orElse(null);
      boolean same = seen != null && seen.version() == request.version();
      return same ? this::prolong : answer(new GarbageList(List.of()));
    }

    private Step prolong() {
      Garbage mine =
          changed(seen, seen.dueAt(), seen.attempts(), request.owner(), until, seen.lastError());
      boolean done = catalog.garbage.replace(seen.copyId(), seen.version(), mine);
      return answer(new GarbageList(done ? List.of(mine) : List.of()));
    }
  }

  private static Garbage changed(
      Garbage e, Instant dueAt, int attempts, String owner, Instant until, String error) {
    return new Garbage(
        e.copyId(),
        e.version() + 1,
        e.fileId(),
        e.location(),
        e.key(),
        e.etag(),
        e.resumeToken(),
        e.reason(),
        dueAt,
        attempts,
        owner,
        until,
        error,
        e.createdAt(),
        e.contentId(),
        e.copy());
  }
}
