package io.movingdata.mover.state;

import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.Requester;
import java.time.Instant;

/** A move being changed: a copy of a record whose changing fields can be set, then built again. */
final class MoveDraft {
  private final MoveRecord base;

  MoveState state;
  Replica copy;
  String owner;
  long epoch;
  Instant leaseUntil;
  int attempts;
  Instant nextAttemptAt;
  String lastError;
  boolean cancelRequested;
  long bytesDone;
  Instant startedAt;
  Instant committedAt;
  Instant finishedAt;

  MoveDraft(MoveRecord base) {
    this.base = base;
    this.state = base.state();
    this.copy = base.copy();
    this.owner = base.owner();
    this.epoch = base.epoch();
    this.leaseUntil = base.leaseUntil();
    this.attempts = base.attempts();
    this.nextAttemptAt = base.nextAttemptAt();
    this.lastError = base.lastError();
    this.cancelRequested = base.cancelRequested();
    this.bytesDone = base.bytesDone();
    this.startedAt = base.startedAt();
    this.committedAt = base.committedAt();
    this.finishedAt = base.finishedAt();
  }

  static MoveRecord planned(
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
    return new MoveRecord(
        moveId,
        0,
        fileId,
        kind,
        from,
        target,
        MoveState.PLANNED,
        contentId,
        null,
        null,
        0,
        null,
        0,
        null,
        null,
        priority,
        jobId,
        requester,
        false,
        bytesTotal,
        0,
        now,
        null,
        null,
        null);
  }

  MoveDraft free() {
    owner = null;
    leaseUntil = null;
    return this;
  }

  MoveRecord build() {
    return new MoveRecord(
        base.moveId(),
        base.version(),
        base.fileId(),
        base.kind(),
        base.from(),
        base.target(),
        state,
        base.contentId(),
        copy,
        owner,
        epoch,
        leaseUntil,
        attempts,
        nextAttemptAt,
        lastError,
        base.priority(),
        base.jobId(),
        base.requester(),
        cancelRequested,
        base.bytesTotal(),
        bytesDone,
        base.createdAt(),
        startedAt,
        committedAt,
        finishedAt);
  }
}
