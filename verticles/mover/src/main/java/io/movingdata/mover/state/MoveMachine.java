package io.movingdata.mover.state;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.Requester;
import java.time.Duration;
import java.time.Instant;

/**
 * The transitions of a move: {@code planned → copying → verified → committed → done}, with {@code
 * retry_wait}, {@code stuck} and {@code aborting → aborted} at the side. Each method takes a record
 * and answers the next one; the caller makes it true by one compare-and-set. A transition that the
 * state does not allow is {@code CONFLICT}.
 */
public final class MoveMachine {
  private MoveMachine() {}

  /** A new move, owned by nobody. */
  public static MoveRecord plan(
      String moveId,
      String fileId,
      MoveKind kind,
      String from,
      String target,
      String contentId,
      int priority,
      String jobId,
      Requester requester,
      long bytesTotal,
      Instant now) {
    return MoveDraft.planned(
        moveId, fileId, kind, from, target, contentId, priority, jobId, requester, bytesTotal, now);
  }

  /** The new copy's name is chosen with the plan: bytes may follow once the move is claimed. */
  public static MoveRecord named(MoveRecord move, Replica copy) {
    require(move.state() == MoveState.PLANNED && move.copy() == null, move, "named");
    MoveDraft draft = new MoveDraft(move);
    draft.copy = copy;
    return draft.build();
  }

  /** Whether a node may claim the move now. */
  public static boolean claimable(MoveRecord move, Instant now) {
    boolean waits = move.nextAttemptAt() != null && move.nextAttemptAt().isAfter(now);
    boolean leased = move.owner() != null && move.leaseUntil().isAfter(now);
    return !move.state().terminal() && move.state() != MoveState.STUCK && !waits && !leased;
  }

  /** A node takes the move: the fencing number rises, and a copy that has its name is begun. */
  public static MoveRecord claim(MoveRecord move, String owner, Instant now, Duration lease) {
    require(claimable(move, now), move, "claimed");
    MoveDraft draft = new MoveDraft(move);
    draft.owner = owner;
    draft.epoch = move.epoch() + 1;
    draft.leaseUntil = now.plus(lease);
    draft.nextAttemptAt = null;
    draft.startedAt = move.startedAt() == null ? now : move.startedAt();
    if (move.state() == MoveState.RETRY_WAIT || move.state() == MoveState.PLANNED) {
      draft.state = move.copy() == null ? MoveState.PLANNED : MoveState.COPYING;
    }
    return draft.build();
  }

  /** The owner keeps its lease and says how far it is. */
  public static MoveRecord renew(MoveRecord move, Instant now, Duration lease, long bytesDone) {
    MoveDraft draft = new MoveDraft(move);
    draft.leaseUntil = now.plus(lease);
    draft.bytesDone = Math.max(bytesDone, move.bytesDone());
    return draft.build();
  }

  /** The new copy's name is chosen; bytes may follow once this is durable. */
  public static MoveRecord copying(MoveRecord move, Replica planned) {
    require(move.state() == MoveState.PLANNED, move, "copied");
    MoveDraft draft = new MoveDraft(move);
    draft.state = MoveState.COPYING;
    draft.copy = planned;
    draft.bytesDone = 0;
    return draft.build();
  }

  /** The new copy is whole: size and provider checksum agree. */
  public static MoveRecord verified(MoveRecord move, Replica stored) {
    require(move.state() == MoveState.COPYING, move, "verified");
    MoveDraft draft = new MoveDraft(move);
    draft.state = MoveState.VERIFIED;
    draft.copy = stored;
    draft.bytesDone = move.bytesTotal();
    return draft.build();
  }

  /** The file's placement has switched, or was as wanted already. */
  public static MoveRecord committed(MoveRecord move, Instant now) {
    require(!move.state().terminal(), move, "committed");
    MoveDraft draft = new MoveDraft(move);
    draft.state = MoveState.COMMITTED;
    draft.bytesDone = move.bytesTotal();
    draft.committedAt = now;
    draft.lastError = null;
    return draft.build();
  }

  /** The end. */
  public static MoveRecord done(MoveRecord move, Instant now) {
    require(move.state() == MoveState.COMMITTED, move, "finished");
    MoveDraft draft = new MoveDraft(move).free();
    draft.state = MoveState.DONE;
    draft.finishedAt = now;
    return draft.build();
  }

  /** Failed for now: tried again at a time, by anybody. */
  public static MoveRecord retryLater(MoveRecord move, String error, Instant at, boolean counted) {
    requireUndecided(move, "put off");
    MoveDraft draft = new MoveDraft(move).free();
    draft.state = MoveState.RETRY_WAIT;
    draft.attempts = move.attempts() + (counted ? 1 : 0);
    draft.nextAttemptAt = at;
    draft.lastError = error;
    return draft.build();
  }

  /** Failed for now, and the copy is of no use: tried again with a new one. */
  public static MoveRecord restartLater(MoveRecord move, String error, Instant at) {
    MoveDraft draft = new MoveDraft(retryLater(move, error, at, true));
    draft.copy = null;
    draft.bytesDone = 0;
    return draft.build();
  }

  /** Given up for now; the unfinished copy has been discarded. */
  public static MoveRecord stuck(MoveRecord move, String error) {
    requireUndecided(move, "given up");
    MoveDraft draft = new MoveDraft(move).free();
    draft.state = MoveState.STUCK;
    draft.attempts = move.attempts() + 1;
    draft.copy = null;
    draft.bytesDone = 0;
    draft.nextAttemptAt = null;
    draft.lastError = error;
    return draft.build();
  }

  /** A stuck move is tried again from the start, one that waits goes on now where it was. */
  public static MoveRecord retry(MoveRecord move) {
    if (move.state() == MoveState.RETRY_WAIT) {
      MoveDraft now = new MoveDraft(move);
      now.nextAttemptAt = null;
      return now.build();
    }
    require(move.state() == MoveState.STUCK, move, "retried");
    MoveDraft draft = new MoveDraft(move).free();
    draft.state = MoveState.PLANNED;
    draft.attempts = 0;
    return draft.build();
  }

  /** Somebody asks the owner to stop, or the next owner where there is none. */
  public static MoveRecord requestCancel(MoveRecord move) {
    requireUndecided(move, "cancelled");
    MoveDraft draft = new MoveDraft(move);
    draft.cancelRequested = true;
    draft.nextAttemptAt = null;
    if (move.state() == MoveState.STUCK) {
      draft.state = MoveState.ABORTING;
    }
    return draft.build();
  }

  /** Being undone: from here the new copy will never be referenced. */
  public static MoveRecord aborting(MoveRecord move, String reason) {
    if (move.state() == MoveState.ABORTING) {
      return move;
    }
    requireUndecided(move, "aborted");
    MoveDraft draft = new MoveDraft(move);
    draft.state = MoveState.ABORTING;
    draft.lastError = reason;
    return draft.build();
  }

  /** Undone. */
  public static MoveRecord aborted(MoveRecord move, Instant now) {
    require(move.state() == MoveState.ABORTING, move, "undone");
    MoveDraft draft = new MoveDraft(move).free();
    draft.state = MoveState.ABORTED;
    draft.finishedAt = now;
    return draft.build();
  }

  /** Whether the record is still the claim that the owner made. */
  public static boolean heldBy(MoveRecord move, String owner, long epoch) {
    return move != null && owner.equals(move.owner()) && move.epoch() == epoch;
  }

  private static void requireUndecided(MoveRecord move, String verb) {
    boolean decided = move.state().terminal() || move.state() == MoveState.COMMITTED;
    require(!decided, move, verb);
  }

  private static void require(boolean allowed, MoveRecord move, String verb) {
    if (!allowed) {
      throw MovingDataException.of(
          ErrorCode.CONFLICT,
          "a move that is "
              + move.state().name().toLowerCase(java.util.Locale.ROOT)
              + " cannot be "
              + verb);
    }
  }
}
