package io.movingdata.catalog;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi.ClaimGarbage;
import io.movingdata.core.contract.CatalogApi.CopyRef;
import io.movingdata.core.contract.CatalogApi.Count;
import io.movingdata.core.contract.CatalogApi.ForgetGarbage;
import io.movingdata.core.contract.CatalogApi.GarbageList;
import io.movingdata.core.contract.CatalogApi.GarbageOf;
import io.movingdata.core.contract.CatalogApi.RenewGarbage;
import io.movingdata.core.contract.CatalogApi.SettleGarbage;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Leases of garbage entries. A lease only keeps collectors out of one another's way; what decides
 * is the entry's version, which a placement raises when the copy leaves once more.
 */
final class GarbageService {
  private final GarbageRepository garbage;
  private final CopyRepository copies;
  private final FileRepository files;
  private final Clock clock;

  GarbageService(
      GarbageRepository garbage, CopyRepository copies, FileRepository files, Clock clock) {
    this.garbage = garbage;
    this.copies = copies;
    this.files = files;
    this.clock = clock;
  }

  /** Carries out {@code CatalogApi.CLAIM_GARBAGE}. */
  Future<GarbageList> claim(ClaimGarbage request) {
    if (request.owner() == null || request.leaseMs() < 1) {
      throw MovingDataException.invalid("owner", "and a lease must be given");
    }
    Instant now = clock.instant();
    Instant until = now.plusMillis(request.leaseMs());
    return garbage
        .due(now, Ids.limit(request.limit()))
        .compose(
            due ->
                Future.all(
                    due.stream()
                        .map(entry -> garbage.replace(leased(entry, request.owner(), until)))
                        .toList()))
        .map(
            claims ->
                new GarbageList(
                    claims.<Optional<Garbage>>list().stream().flatMap(Optional::stream).toList()));
  }

  /** Carries out {@code CatalogApi.GET_GARBAGE}. */
  Future<GarbageList> get(CopyRef request) {
    return garbage
        .get(Ids.copy(request.copyId()))
        .map(found -> new GarbageList(found.stream().toList()));
  }

  /** Carries out {@code CatalogApi.FILE_GARBAGE}. */
  Future<GarbageList> ofFile(GarbageOf request) {
    FileIds.require(request.fileId());
    return garbage.ofFile(request.fileId()).map(GarbageList::new);
  }

  /** Carries out {@code CatalogApi.RENEW_GARBAGE}. */
  Future<GarbageList> renew(RenewGarbage request) {
    Instant until = clock.instant().plusMillis(request.leaseMs());
    return garbage
        .get(Ids.copy(request.copyId()))
        .compose(
            found ->
                found.filter(entry -> entry.version() == request.version()).isPresent()
                    ? garbage.replace(prolonged(found.get(), request.owner(), until))
                    : Future.succeededFuture(Optional.<Garbage>empty()))
        .map(renewed -> new GarbageList(renewed.stream().toList()));
  }

  /**
   * Carries out {@code CatalogApi.FORGET_GARBAGE}. A placement writes the entry before it switches;
   * one that was held up in between would leave the copy without an entry. So the file's version is
   * raised first: that placement fails, and the next one writes the entry again.
   */
  Future<Done> forget(ForgetGarbage request) {
    return garbage
        .get(Ids.copy(request.copyId()))
        .compose(
            found ->
                found.filter(entry -> entry.version() == request.version()).isPresent()
                    ? CasLoop.run(() -> raise(found.get())).compose(r -> settle(gone(request)))
                    : settledBefore(gone(request)));
  }

  private static SettleGarbage gone(ForgetGarbage request) {
    return new SettleGarbage(request.copyId(), request.version(), null, null);
  }

  private Future<Optional<FileRecord>> raise(Garbage entry) {
    return files
        .get(entry.fileId())
        .compose(
            file ->
                file.filter(f -> f.references(entry.copyId())).isPresent()
                    ? files.replace(file.get(), file.get().version())
                    : Future.failedFuture(
                        MovingDataException.of(
                            ErrorCode.VERSION_CONFLICT, "the file no longer references the copy")));
  }

  /** Carries out {@code CatalogApi.SETTLE_GARBAGE}. */
  Future<Done> settle(SettleGarbage request) {
    Ids.copy(request.copyId());
    Future<Boolean> settled =
        request.dueAt() == null
            ? copies
                .endIfOpen(request.copyId())
                .compose(ended -> garbage.remove(request.copyId(), request.version()))
            : garbage
                .get(request.copyId())
                .compose(
                    found ->
                        found.filter(entry -> entry.version() == request.version()).isPresent()
                            ? garbage
                                .replace(waiting(found.get(), request))
                                .map(Optional::isPresent)
                            : Future.succeededFuture(false));
    return settled.compose(
        done -> done ? Future.succeededFuture(Done.DONE) : settledBefore(request));
  }

  /** Fine when the entry is as it was to be: then only the answer to the first try was lost. */
  private Future<Done> settledBefore(SettleGarbage request) {
    return garbage
        .get(request.copyId())
        .map(
            found -> {
              boolean asAsked =
                  request.dueAt() == null
                      ? found.isEmpty()
                      : found.filter(entry -> request.dueAt().equals(entry.dueAt())).isPresent();
              if (!asAsked) {
                throw MovingDataException.of(
                    ErrorCode.VERSION_CONFLICT, "the garbage entry changed since it was leased");
              }
              return Done.DONE;
            });
  }

  /** Carries out {@code CatalogApi.COUNT_GARBAGE}. */
  Future<Count> count() {
    return garbage.count().map(Count::new);
  }

  private static Garbage leased(Garbage entry, String owner, Instant until) {
    return changed(entry, entry.dueAt(), entry.attempts() + 1, owner, until, entry.lastError());
  }

  private static Garbage prolonged(Garbage entry, String owner, Instant until) {
    return changed(entry, entry.dueAt(), entry.attempts(), owner, until, entry.lastError());
  }

  private static Garbage waiting(Garbage entry, SettleGarbage request) {
    return changed(entry, request.dueAt(), entry.attempts(), null, null, request.error());
  }

  private static Garbage changed(
      Garbage entry, Instant dueAt, int attempts, String owner, Instant until, String error) {
    return new Garbage(
        entry.copyId(),
        entry.version(),
        entry.fileId(),
        entry.location(),
        entry.key(),
        entry.etag(),
        entry.resumeToken(),
        entry.reason(),
        dueAt,
        attempts,
        owner,
        until,
        error,
        entry.createdAt(),
        entry.contentId(),
        entry.copy());
  }
}
