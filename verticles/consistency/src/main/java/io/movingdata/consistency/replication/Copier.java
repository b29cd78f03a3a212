package io.movingdata.consistency.replication;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.Requester;
import io.movingdata.core.replication.ReplicationPlan;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Has the mover make the copies that one file lacks, and remove those that are not wanted. */
final class Copier {
  private static final Requester SELF =
      new Requester("replication", List.of("system"), "replication");
  private static final int BACKGROUND = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration BEYOND = Duration.ofSeconds(10);

  private final Bus bus;
  private final BooleanSupplier stopped;

  Copier(Bus bus, BooleanSupplier stopped) {
    this.bus = bus;
    this.stopped = stopped;
  }

  /** What became of one copy. */
  enum Outcome {
    /** It is there. */
    MADE,
    /** The file was busy, gone or changed: somebody looks again. */
    LEFT
  }

  /** Ends when the mover has made the copy; fails where it could not. */
  Future<Outcome> copy(FileRecord file, String target) {
    MoverApi.Submit copy = new MoverApi.Submit(file.id(), target, MoveKind.COPY, BACKGROUND, SELF);
    return bus.request(MoverApi.SUBMIT, copy)
        .compose(
            ticket ->
                ticket.move() == null
                    ? Future.succeededFuture(Outcome.MADE)
                    : await(ticket.move().moveId()))
        .recover(Copier::harmless);
  }

  /** A file that has a move running, or was deleted meanwhile, is no failure. */
  private static Future<Outcome> harmless(Throwable failure) {
    boolean busy =
        MovingDataException.is(failure, ErrorCode.MOVE_IN_PROGRESS)
            || MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
            || MovingDataException.is(failure, ErrorCode.MOVE_NOT_FOUND);
    return busy ? Future.succeededFuture(Outcome.LEFT) : Future.failedFuture(failure);
  }

  private Future<Outcome> await(String moveId) {
    if (stopped.getAsBoolean()) {
      return Future.succeededFuture(Outcome.LEFT);
    }
    return bus.request(
            MoverApi.AWAIT, new MoverApi.Await(moveId, PATIENCE.toMillis()), PATIENCE.plus(BEYOND))
        .compose(view -> ended(view.move()));
  }

  private Future<Outcome> ended(MoveRecord move) {
    MoveState state = move.state();
    if (state == MoveState.COMMITTED || state == MoveState.DONE) {
      return Future.succeededFuture(Outcome.MADE);
    }
    if (state == MoveState.ABORTED) {
      return Future.succeededFuture(Outcome.LEFT);
    }
    if (state == MoveState.STUCK) {
      return Future.failedFuture(
          MovingDataException.of(
              ErrorCode.CONFLICT, "move " + move.moveId() + " is stuck: " + move.lastError()));
    }
    return await(move.moveId());
  }

  /** Removes copies that are not wanted, one after another; how many. */
  Future<Integer> prune(FileRecord file, ReplicationPlan plan) {
    Future<Integer> removed = Future.succeededFuture(0);
    for (String location : plan.surplus()) {
      if (file.verifiedAt(location).isPresent()) {
        removed =
            removed.compose(
                before ->
                    bus.request(
                            MoverApi.DROP_REPLICA,
                            new MoverApi.DropReplica(file.id(), location, SELF),
                            MoverApi.DROP_PATIENCE)
                        .map(done -> before + 1));
      }
    }
    return removed;
  }
}
