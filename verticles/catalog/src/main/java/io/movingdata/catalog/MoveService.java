package io.movingdata.catalog;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi.DueMoves;
import io.movingdata.core.contract.CatalogApi.GetMove;
import io.movingdata.core.contract.CatalogApi.MoveInserted;
import io.movingdata.core.contract.CatalogApi.MovePage;
import io.movingdata.core.contract.CatalogApi.MoveReply;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.MoveFact;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.OutboxEntry;
import io.movingdata.core.model.TimeId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The active move of each file, and its way into the history. */
final class MoveService {
  private final MoveRepository moves;
  private final OutboxRepository outbox;
  private final InsightRepository insights;

  MoveService(MoveRepository moves, OutboxRepository outbox, InsightRepository insights) {
    this.moves = moves;
    this.outbox = outbox;
    this.insights = insights;
  }

  /**
   * Carries out {@code CatalogApi.INSERT_MOVE}; sent twice, it is the same move both times. One
   * that has ended does not begin again, however late the second request comes.
   */
  Future<MoveInserted> insert(MoveRecord move) {
    check(move);
    return moves
        .ended(move.moveId())
        .compose(
            ended ->
                ended.isPresent()
                    ? Future.succeededFuture(new MoveInserted(false, ended.get()))
                    : begin(move));
  }

  private Future<MoveInserted> begin(MoveRecord move) {
    return CasLoop.run(
        () ->
            moves
                .insert(move)
                .compose(
                    inserted ->
                        inserted.isPresent()
                            ? Future.succeededFuture(
                                Optional.of(new MoveInserted(true, inserted.get())))
                            : present(move)));
  }

  /** The move that kept another from being inserted; empty when it has just ended. */
  private Future<Optional<MoveInserted>> present(MoveRecord move) {
    return moves
        .activeOf(move.fileId())
        .compose(
            found -> {
              if (found.isPresent()) {
                boolean same = found.get().moveId().equals(move.moveId());
                return Future.succeededFuture(Optional.of(new MoveInserted(same, found.get())));
              }
              return moves
                  .active(move.moveId())
                  .map(
                      other -> {
                        if (other.isPresent() && !other.get().fileId().equals(move.fileId())) {
                          throw conflict("another file's move has this id");
                        }
                        return Optional.empty();
                      });
            });
  }

  /** Carries out {@code CatalogApi.SAVE_MOVE}. */
  Future<MoveReply> save(MoveRecord move) {
    check(move);
    return moves
        .replace(move)
        .compose(
            saved ->
                saved.isPresent()
                    ? Future.succeededFuture(saved.get())
                    : moves.activeOf(move.fileId()).map(found -> savedBefore(found, move)))
        .map(MoveReply::new);
  }

  /** The move as it was to be, when only the answer to the first try was lost. */
  private static MoveRecord savedBefore(Optional<MoveRecord> found, MoveRecord move) {
    return found
        .filter(saved -> saved.equals(move.atVersion(move.version() + 1)))
        .orElseThrow(
            () ->
                MovingDataException.of(
                    ErrorCode.VERSION_CONFLICT, "the move changed since it was read"));
  }

  /**
   * Carries out {@code CatalogApi.FINISH_MOVE}. The history keeps the entry of the highest version,
   * so that one who lost the move cannot overwrite how it really ended. What the event broker shall
   * be told waits for it before the next move of the file can begin; how often the file moves is
   * counted then, too.
   */
  Future<Done> finish(MoveRecord move) {
    check(move);
    if (move.state() == null || !move.state().terminal()) {
      throw MovingDataException.invalid("state", "must be one in which a move ends");
    }
    return Future.all(
            CasLoop.run(() -> record(move)), outbox.add(List.of(told(move))), counted(move))
        .map(CrashPoint.HISTORY_WRITTEN::passed)
        .compose(recorded -> moves.removeActive(move))
        .compose(removed -> removed ? Future.succeededFuture() : finishedBefore(move))
        .map(Done.DONE);
  }

  private Future<FileInsight> counted(MoveRecord move) {
    boolean moved = move.kind() == MoveKind.MOVE && move.state() == MoveState.DONE;
    return moved
        ? insights.change(move.fileId(), before -> before.moved(ended(move)))
        : Future.succeededFuture();
  }

  private static Instant ended(MoveRecord move) {
    return move.finishedAt() == null ? TimeId.at(move.moveId()) : move.finishedAt();
  }

  private static OutboxEntry told(MoveRecord move) {
    Instant ended = ended(move);
    return new OutboxEntry(
        TimeId.of(ended, move.moveId()),
        OutboxEntry.Kind.MOVE,
        move.fileId(),
        Json.toBuffer(MoveFact.of(move)).toString());
  }

  private Future<Optional<Done>> record(MoveRecord move) {
    return moves
        .insertEnded(move)
        .compose(inserted -> inserted ? Future.succeededFuture(true) : raise(move))
        .map(there -> there ? Optional.of(Done.DONE) : Optional.empty());
  }

  private Future<Boolean> raise(MoveRecord move) {
    return moves
        .ended(move.moveId())
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.succeededFuture(false);
              }
              return found.get().version() >= move.version()
                  ? Future.succeededFuture(true)
                  : moves.replaceEnded(move, found.get().version());
            });
  }

  private Future<Void> finishedBefore(MoveRecord move) {
    return moves
        .activeOf(move.fileId())
        .compose(
            active -> {
              if (active.filter(a -> a.moveId().equals(move.moveId())).isPresent()) {
                return Future.succeededFuture(false);
              }
              return moves
                  .ended(move.moveId())
                  .map(found -> found.filter(e -> e.version() == move.version()).isPresent());
            })
        .compose(
            same ->
                same
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        MovingDataException.of(
                            ErrorCode.VERSION_CONFLICT, "the move changed since it was read")));
  }

  /** Carries out {@code CatalogApi.GET_MOVE}. */
  Future<MoveReply> get(GetMove request) {
    Future<Optional<MoveRecord>> found =
        request.moveId() == null
            ? moves.activeOf(FileIds.require(request.fileId()))
            : byId(Ids.time("move_id", request.moveId()));
    return found.map(move -> new MoveReply(move.orElse(null)));
  }

  /** In this order: a move enters the history before it leaves the active ones. */
  private Future<Optional<MoveRecord>> byId(String moveId) {
    return moves
        .active(moveId)
        .compose(found -> found.isPresent() ? Future.succeededFuture(found) : moves.ended(moveId));
  }

  /** Carries out {@code CatalogApi.DUE_MOVES}. */
  Future<MovePage> due(DueMoves request) {
    if (request.now() == null) {
      throw MovingDataException.invalid("now", "is missing");
    }
    return moves
        .due(request.now(), Ids.limit(request.limit()), request.closed())
        .map(due -> new MovePage(due, null));
  }

  private static void check(MoveRecord move) {
    FileIds.require(move.fileId());
    Ids.time("move_id", move.moveId());
  }

  private static MovingDataException conflict(String message) {
    return MovingDataException.of(ErrorCode.CONFLICT, message);
  }
}
