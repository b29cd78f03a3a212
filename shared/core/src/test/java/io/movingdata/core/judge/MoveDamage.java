package io.movingdata.core.judge;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** Damage to moves, and to what clients were told of them. */
final class MoveDamage {
  static final List<Damage> ALL =
      List.of(
          new Damage("two active moves", Rule.SERIALISATION, MoveDamage::twoActive),
          new Damage("moves overlap", Rule.SERIALISATION, MoveDamage::overlap),
          new Damage("an epoch falls", Rule.SERIALISATION, w -> sighted(w, 1)),
          new Damage("two owners of an epoch", Rule.SERIALISATION, w -> sighted(w, 0)),
          new Damage("done and not committed", Rule.SERIALISATION, MoveDamage::notCommitted),
          new Damage("an aborted copy referenced", Rule.GIVEN_UP, MoveDamage::abortedReferenced),
          new Damage("an acknowledged move unknown", Rule.TRUTHFUL_MOVE, MoveDamage::unknown),
          new Damage("an acknowledged move aborted", Rule.TRUTHFUL_MOVE, MoveDamage::aborted),
          new Damage("two answers under a key", Rule.IDEMPOTENCY, w -> again(w, null, "other")),
          new Damage("two requests under a key", Rule.IDEMPOTENCY, w -> again(w, "x", null)),
          new Damage("a move that does not end", Rule.CONVERGENCE, w -> left(w, MoveState.COPYING)),
          new Damage("a stuck move", Rule.STUCK_MOVE, w -> left(w, MoveState.STUCK)));

  private MoveDamage() {}

  /** Changes the last element. */
  static <T> T change(List<T> list, UnaryOperator<T> how) {
    list.set(list.size() - 1, how.apply(list.get(list.size() - 1)));
    return list.get(list.size() - 1);
  }

  /** An ended move of another kind, started at another time. */
  static MoveRecord as(MoveRecord move, MoveKind kind, Instant started) {
    return new MoveRecord(
        move.moveId(),
        move.version(),
        move.fileId(),
        kind,
        move.from(),
        move.target(),
        move.state(),
        move.contentId(),
        move.copy(),
        move.owner(),
        move.epoch(),
        null,
        0,
        null,
        null,
        0,
        null,
        null,
        false,
        0,
        0,
        move.createdAt(),
        started,
        move.committedAt(),
        move.finishedAt());
  }

  private static MoveRecord active(World world, FileRecord file, MoveState state) {
    MoveRecord move =
        Records.move(
            world.moveId(),
            1,
            file,
            MoveKind.MOVE,
            world.elsewhere(file),
            state,
            null,
            null,
            0,
            world.tick(),
            null,
            null);
    world.activeMoves.add(move);
    return move;
  }

  private static String twoActive(World world) {
    FileRecord file = world.newFile();
    world.limits = new Limits(Duration.ofHours(1), Duration.ofHours(1), null);
    active(world, file, MoveState.PLANNED);
    active(world, file, MoveState.PLANNED);
    return file.id();
  }

  private static MoveRecord moved(World world) {
    FileRecord file = world.newFile();
    return world.move(file.id(), MoveKind.MOVE, world.elsewhere(file), world.hex(8));
  }

  private static String overlap(World world) {
    MoveRecord first = moved(world);
    FileRecord file = world.files.get(first.fileId());
    world.move(file.id(), MoveKind.MOVE, world.elsewhere(file), null);
    change(world.pastMoves, m -> as(m, m.kind(), first.committedAt().minusMillis(1)));
    return file.id();
  }

  /** Somebody else was seen with the last epoch, or with the one before it. */
  private static String sighted(World world, long before) {
    MoveRecord move = moved(world);
    world.sighted(
        Records.move(
            move.moveId(),
            move.epoch() + 1,
            world.files.get(move.fileId()),
            move.kind(),
            move.target(),
            MoveState.COMMITTED,
            move.copy(),
            "another",
            move.epoch() - before,
            move.createdAt(),
            move.startedAt(),
            move.committedAt()));
    return move.moveId();
  }

  private static MoveRecord ended(World world, MoveRecord move, MoveState state) {
    return Records.move(
        move.moveId(),
        move.version(),
        world.files.get(move.fileId()),
        move.kind(),
        move.target(),
        state,
        state == MoveState.ABORTED ? null : move.copy(),
        null,
        move.epoch(),
        move.createdAt(),
        move.startedAt(),
        null);
  }

  private static String notCommitted(World world) {
    moved(world);
    return change(world.pastMoves, move -> ended(world, move, MoveState.DONE)).moveId();
  }

  private static String aborted(World world) {
    moved(world);
    return change(world.pastMoves, move -> ended(world, move, MoveState.ABORTED)).moveId();
  }

  private static String abortedReferenced(World world) {
    FileRecord file = world.newFile();
    world.pastMoves.add(
        Records.move(
            world.moveId(),
            3,
            file,
            MoveKind.MOVE,
            file.primary(),
            MoveState.ABORTED,
            file.replicas().get(0),
            null,
            1,
            world.tick(),
            world.tick(),
            null));
    return file.id();
  }

  private static String unknown(World world) {
    String id = world.newFile().id();
    String moveId = world.moveId();
    world.history.add(
        new ClientOperation(
            OperationKind.MOVE,
            id,
            world.tick(),
            world.tick(),
            Outcome.OK,
            null,
            "gcs",
            moveId,
            null,
            "200"));
    return moveId;
  }

  private static String again(World world, String target, String answer) {
    moved(world);
    ClientOperation call = world.history.get(world.history.size() - 1);
    world.history.add(
        new ClientOperation(
            call.kind(),
            call.fileId(),
            world.tick(),
            world.tick(),
            Outcome.OK,
            null,
            target == null ? call.target() : target,
            target == null ? call.moveId() : null,
            call.idempotencyKey(),
            answer == null ? call.answer() : answer));
    return call.idempotencyKey();
  }

  private static String left(World world, MoveState state) {
    return active(world, world.newFile(), state).moveId();
  }
}
