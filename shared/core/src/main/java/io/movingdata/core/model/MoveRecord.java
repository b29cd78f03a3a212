package io.movingdata.core.model;

import java.time.Instant;

/**
 * A move, active or past.
 *
 * @param moveId time-ordered id
 * @param version compare-and-set counter
 * @param fileId the file; one active move a file, by {@code _id}
 * @param kind move or copy
 * @param from location of the copy that is read
 * @param target location that is written
 * @param state where it stands
 * @param contentId content that is moved: an overwrite ends the move
 * @param copy the new copy as planned and, once verified, as stored; null before copying and where
 *     a copy at the target is promoted
 * @param owner node that holds the lease, null for none
 * @param epoch fencing number, raised by each claim
 * @param leaseUntil end of the lease
 * @param attempts failed tries so far
 * @param nextAttemptAt not to be claimed before
 * @param lastError why the last try failed, null for none
 * @param priority 0 (background) to 9 (urgent); higher first
 * @param jobId the bulk job it belongs to, null for none
 * @param requester on whose behalf
 * @param cancelRequested whether somebody asked to cancel it
 * @param bytesTotal plaintext size
 * @param bytesDone plaintext bytes that are durable at the target
 * @param startedAt when it was first claimed; not before it became the active move of its file
 */
public record MoveRecord(
    String moveId,
    long version,
    String fileId,
    MoveKind kind,
    String from,
    String target,
    MoveState state,
    String contentId,
    Replica copy,
    String owner,
    long epoch,
    Instant leaseUntil,
    int attempts,
    Instant nextAttemptAt,
    String lastError,
    int priority,
    String jobId,
    Requester requester,
    boolean cancelRequested,
    long bytesTotal,
    long bytesDone,
    Instant createdAt,
    Instant startedAt,
    Instant committedAt,
    Instant finishedAt) {

  /** The same move at another version. */
  public MoveRecord atVersion(long next) {
    return with(next, startedAt);
  }

  /** The same move, first claimed at another time. */
  public MoveRecord startedAt(Instant time) {
    return with(version, time);
  }

  private MoveRecord with(long atVersion, Instant started) {
    return new MoveRecord(
        moveId,
        atVersion,
        fileId,
        kind,
        from,
        target,
        state,
        contentId,
        copy,
        owner,
        epoch,
        leaseUntil,
        attempts,
        nextAttemptAt,
        lastError,
        priority,
        jobId,
        requester,
        cancelRequested,
        bytesTotal,
        bytesDone,
        createdAt,
        started,
        committedAt,
        finishedAt);
  }
}
