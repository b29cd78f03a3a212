package io.movingdata.consistency.repair;

import io.movingdata.consistency.verify.Examiner;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.Requester;
import io.movingdata.core.transfer.CopyStates;
import io.movingdata.core.transfer.Diagnosis;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Repairs one bad copy. In this order: looks at it again; proves another copy of the content by
 * reading it whole; marks the bad one as quarantined, so that nothing uses it; has a new copy made
 * at its location. The bad one leaves when the new one stands, and is kept for the collector's
 * grace period even then. Where no other copy can be proven, nothing is touched.
 */
public final class RepairService {
  private static final Requester SELF = new Requester("consistency", List.of("system"), null);
  private static final int PRIORITY = 6;
  private static final long WAIT_MS = 20_000;
  private static final Duration ANSWER = Duration.ofMillis(WAIT_MS + 10_000);
  private static final Set<FindingKind> BY_STAT = Set.of(FindingKind.MISSING);

  private final Bus bus;
  private final Examiner examiner;
  private final Sources sources;
  private final CopyStates states;

  RepairService(Bus bus, Examiner examiner, Sources sources, CopyStates states) {
    this.bus = bus;
    this.examiner = examiner;
    this.sources = sources;
    this.states = states;
  }

  /**
   * Tries to repair.
   *
   * @param byChoice whether a person chose the catalog's side where somebody else wrote
   */
  Future<Outcome> repair(Finding finding, boolean byChoice) {
    return referenced(finding, (file, copy) -> repair(finding, file, copy, byChoice))
        .otherwise(failure -> Outcome.again(failure.getMessage()));
  }

  /** Looks whether something is still wrong; repairs nothing. */
  Future<Outcome> look(Finding finding) {
    return referenced(
            finding,
            (file, copy) ->
                examiner
                    .examine(file, copy, !BY_STAT.contains(finding.kind()))
                    .compose(
                        found ->
                            found.isEmpty()
                                ? healthy(file, copy)
                                : Future.succeededFuture(Outcome.waiting(null))))
        .otherwise(failure -> Outcome.waiting(failure.getMessage()));
  }

  private Future<Outcome> referenced(
      Finding finding, BiFunction<FileRecord, Replica, Future<Outcome>> then) {
    return file(finding.fileId())
        .compose(
            file -> {
              Optional<Replica> copy = copyOf(file, finding.copyId());
              return copy.isEmpty()
                  ? Future.succeededFuture(Outcome.gone("its file does not reference it any more"))
                  : then.apply(file, copy.get());
            });
  }

  private Future<FileRecord> file(String fileId) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(fileId, false))
        .map(CatalogApi.FileReply::file);
  }

  private static Optional<Replica> copyOf(FileRecord file, String copyId) {
    return file == null
        ? Optional.empty()
        : file.replicas().stream().filter(r -> r.copyId().equals(copyId)).findFirst();
  }

  private Future<Outcome> repair(Finding finding, FileRecord file, Replica copy, boolean byChoice) {
    return examiner
        .examine(file, copy, !BY_STAT.contains(finding.kind()))
        .compose(
            found -> {
              if (found.isEmpty()) {
                return healthy(file, copy);
              }
              if (found.get().state() == FindingState.CONFLICT && !byChoice) {
                return Future.succeededFuture(Outcome.conflict(found.get().detail()));
              }
              return replace(file, copy, found.get());
            });
  }

  /** What was put aside and is whole after all is used again. */
  private Future<Outcome> healthy(FileRecord file, Replica copy) {
    Outcome outcome = Outcome.gone("the copy is whole");
    return copy.verified()
        ? Future.succeededFuture(outcome)
        : states.verified(file, copy).map(outcome);
  }

  private Future<Outcome> replace(FileRecord file, Replica bad, Diagnosis found) {
    return sources
        .prove(file, bad)
        .compose(
            proven ->
                proven.isEmpty()
                    ? Future.succeededFuture(
                        Outcome.unrepairable(
                            found.detail() + "; the file has no other copy that is whole"))
                    : setAside(proven.get(), bad).compose(aside -> copyAnew(aside, bad)));
  }

  private Future<FileRecord> setAside(FileRecord file, Replica bad) {
    return bad.verified() ? states.setAside(file, bad) : Future.succeededFuture(file);
  }

  private Future<Outcome> copyAnew(FileRecord file, Replica bad) {
    return bus.request(
            MoverApi.SUBMIT,
            new MoverApi.Submit(file.id(), bad.location(), MoveKind.COPY, PRIORITY, SELF))
        .compose(
            ticket ->
                ticket.move() == null
                    ? judged(file, bad)
                    : bus.request(
                            MoverApi.AWAIT,
                            new MoverApi.Await(ticket.move().moveId(), WAIT_MS),
                            ANSWER)
                        .compose(
                            view ->
                                view.move().state() == MoveState.STUCK
                                    ? Future.failedFuture(
                                        new IllegalStateException(view.move().lastError()))
                                    : judged(file, bad)));
  }

  private Future<Outcome> judged(FileRecord file, Replica bad) {
    return file(file.id())
        .map(
            now ->
                now == null
                    ? Outcome.gone("the file is deleted")
                    : now.verifiedAt(bad.location())
                        .filter(r -> !r.copyId().equals(bad.copyId()))
                        .map(r -> Outcome.REPAIRED)
                        .orElse(Outcome.waiting("the new copy is being made")));
  }
}
