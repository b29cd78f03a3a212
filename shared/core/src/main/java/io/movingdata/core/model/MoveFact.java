package io.movingdata.core.model;

import java.time.Instant;

/**
 * How a move ended, for those who keep and replay facts. The same move may be told more than once;
 * of one file, moves are told in the order in which they ended.
 *
 * @param moveId what makes it this move
 * @param state done or aborted
 * @param epoch fencing number under which it ended
 * @param reason why it did not succeed, null where it did
 */
public record MoveFact(
    String moveId,
    String fileId,
    MoveKind kind,
    String from,
    String to,
    MoveState state,
    long epoch,
    long bytes,
    String jobId,
    String principal,
    String reason,
    Instant createdAt,
    Instant committedAt,
    Instant finishedAt) {

  /** What an ended move tells. */
  public static MoveFact of(MoveRecord move) {
    return new MoveFact(
        move.moveId(),
        move.fileId(),
        move.kind(),
        move.from(),
        move.target(),
        move.state(),
        move.epoch(),
        move.bytesTotal(),
        move.jobId(),
        move.requester() == null ? null : move.requester().principal(),
        move.lastError(),
        move.createdAt(),
        move.committedAt(),
        move.finishedAt());
  }
}
