package io.movingdata.testkit.model;

import io.movingdata.core.bus.Address;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.FileReply;
import io.movingdata.core.contract.CatalogApi.GetFile;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.FindingApi.FindingReply;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The catalog's documents in memory, and the operations on them. */
public final class ModelCatalog {
  final Documents<FileRecord> files = new Documents<>(FileRecord::version);
  final Documents<Intent> copies = new Documents<>(intent -> intent.copy().version());
  final Documents<Garbage> garbage = new Documents<>(Garbage::version);
  final Documents<MoveRecord> active = new Documents<>(MoveRecord::version);
  final Documents<MoveRecord> history = new Documents<>(MoveRecord::version);

  private final Map<Address<?, ?>, BiFunction<Clock, Object, Operation<?>>> operations =
      new HashMap<>();
  private long begun;

  /** A copy's intent; {@code ended}: the marker that is left of one given up. */
  record Intent(CopyIntent copy, boolean ended) {}

  public ModelCatalog() {
    on(CatalogApi.GET_FILE, (clock, request) -> Operation.of(() -> file(request)));
    on(CatalogApi.PLACE, (clock, request) -> new Placing(this, clock, request));
    on(CatalogApi.DISCARD_COPY, (clock, request) -> new Discarding(this, clock, request));
    on(CatalogApi.OPEN_COPY, (clock, request) -> new Copies.Opening(this, clock, request));
    on(CatalogApi.COPY_PROGRESS, (clock, request) -> new Copies.Progressing(this, clock, request));
    on(CatalogApi.GET_COPY, (clock, request) -> Copies.get(this, request));
    on(CatalogApi.STALE_COPIES, (clock, request) -> Copies.stale(this, request));
    on(CatalogApi.CLAIM_GARBAGE, (clock, request) -> new Leases.Claiming(this, clock, request));
    on(CatalogApi.RENEW_GARBAGE, (clock, request) -> new Leases.Renewing(this, clock, request));
    on(CatalogApi.SETTLE_GARBAGE, (clock, request) -> new Leases.Settling(this, request));
    on(CatalogApi.FORGET_GARBAGE, (clock, request) -> new Leases.Forgetting(this, request));
    on(CatalogApi.GET_GARBAGE, (clock, request) -> Operation.of(() -> Leases.get(this, request)));
    on(CatalogApi.FILE_GARBAGE, (clock, request) -> Operation.of(() -> Leases.of(this, request)));
    on(CatalogApi.INSERT_MOVE, (clock, move) -> new Moves.Inserting(this, clock, move));
    on(CatalogApi.SAVE_MOVE, (clock, move) -> new Moves.Saving(this, move));
    on(CatalogApi.FINISH_MOVE, (clock, move) -> new Moves.Finishing(this, move));
    on(CatalogApi.GET_MOVE, (clock, request) -> new Moves.Getting(this, request));
    on(CatalogApi.DUE_MOVES, (clock, request) -> Moves.due(this, request));
    on(FindingApi.SEE_FINDING, (clock, seen) -> Operation.of(() -> new FindingReply(seen)));
  }

  private <Q, R> void on(Address<Q, R> address, BiFunction<Clock, Q, Operation<R>> operation) {
    operations.put(
        address, (clock, request) -> operation.apply(clock, address.request().cast(request)));
  }

  /** Tells somebody of each change of a document. */
  public void watch(ChangeListener listener) {
    files.listen(listener::file);
    active.listen(listener::activeMove);
    history.listen(listener::pastMove);
    garbage.listen(listener::garbage);
  }

  /** Whether the model knows an operation. */
  public boolean knows(Address<?, ?> address) {
    return operations.containsKey(address);
  }

  /**
   * An operation that nothing has been done for yet.
   *
   * @param clock of the process that carries it out
   */
  @SuppressWarnings("unchecked")
  public <Q, R> Operation<R> begin(Address<Q, R> address, Q request, Clock clock) {
    return (Operation<R>) operations.get(address).apply(clock, request);
  }

  private FileReply file(GetFile request) {
    return new FileReply(
        files
            .get(request.fileId())
            .filter(file -> request.includeDeleted() || !file.deleted())
            .orElse(null));
  }

  /** Forgets tombstones and markers that nothing has changed since a time. */
  public void forget(Instant before) {
    files.removeIf(file -> file.deleted() && file.updatedAt().isBefore(before));
    copies.removeIf(intent -> intent.ended() && intent.copy().updatedAt().isBefore(before));
  }

  /** A version above any that an earlier document of the same id can have had. */
  long firstVersion(Instant now) {
    return now.toEpochMilli() * 1_000 + begun++ % 1_000;
  }

  Optional<CopyIntent> intent(String copyId) {
    return copies.get(copyId).filter(found -> !found.ended()).map(Intent::copy);
  }

  Optional<CopyIntent> intentOrMarker(String copyId) {
    return copies.get(copyId).map(Intent::copy);
  }

  /** The files and tombstones. */
  public Collection<FileRecord> files() {
    return files.all();
  }

  /** The intents, or the markers of those given up. */
  public List<CopyIntent> intents(boolean ended) {
    return copies.all().stream().filter(i -> i.ended() == ended).map(Intent::copy).toList();
  }

  /** The garbage. */
  public Collection<Garbage> garbage() {
    return garbage.all();
  }

  /** The moves that have not ended. */
  public Collection<MoveRecord> activeMoves() {
    return active.all();
  }

  /** The moves that have ended. */
  public Collection<MoveRecord> history() {
    return history.all();
  }
}
