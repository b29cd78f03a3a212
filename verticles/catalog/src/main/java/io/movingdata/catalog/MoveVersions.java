package io.movingdata.catalog;

import io.movingdata.core.model.MoveRecord;

/** Moves at other versions. */
final class MoveVersions {
  private MoveVersions() {}

  /** The same move at a version. */
  static MoveRecord at(MoveRecord move, long version) {
    return new MoveRecord(
        move.moveId(),
        version,
        move.fileId(),
        move.kind(),
        move.from(),
        move.target(),
        move.state(),
        move.contentId(),
        move.copy(),
        move.owner(),
        move.epoch(),
        move.leaseUntil(),
        move.attempts(),
        move.nextAttemptAt(),
        move.lastError(),
        move.priority(),
        move.jobId(),
        move.requester(),
        move.cancelRequested(),
        move.bytesTotal(),
        move.bytesDone(),
        move.createdAt(),
        move.startedAt(),
        move.committedAt(),
        move.finishedAt());
  }
}
