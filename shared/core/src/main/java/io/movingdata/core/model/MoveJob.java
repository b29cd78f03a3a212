package io.movingdata.core.model;

import java.time.Instant;

/**
 * A bulk operation: a selector turned into moves, a bounded number at a time.
 *
 * @param jobId time-ordered id
 * @param version compare-and-set counter
 * @param kind move or copy
 * @param state running, done or cancelled
 * @param cursor where the selection continues, null at its start
 * @param selected whether the whole selection has been turned into moves
 * @param total files selected so far
 * @param totalBytes their plaintext size
 * @param done moves that ended well
 * @param failed moves that ended otherwise
 * @param skipped files that needed nothing, or had another move running
 * @param owner node that feeds the job, null for none
 * @param leaseUntil end of its lease
 */
public record MoveJob(
    String jobId,
    long version,
    MoveKind kind,
    Selector selector,
    String target,
    int priority,
    Requester requester,
    String state,
    String cursor,
    boolean selected,
    long total,
    long totalBytes,
    long done,
    long failed,
    long skipped,
    String owner,
    Instant leaseUntil,
    Instant createdAt,
    Instant finishedAt) {

  /** The same at another version. */
  public MoveJob atVersion(long next) {
    return new MoveJob(
        jobId,
        next,
        kind,
        selector,
        target,
        priority,
        requester,
        state,
        cursor,
        selected,
        total,
        totalBytes,
        done,
        failed,
        skipped,
        owner,
        leaseUntil,
        createdAt,
        finishedAt);
  }
}
