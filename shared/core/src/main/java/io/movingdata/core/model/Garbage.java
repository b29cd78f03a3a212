package io.movingdata.core.model;

import java.time.Instant;

/**
 * A copy that should go. An entry is written before the copy loses its last reference, so it may
 * still be referenced when the collector looks: then it stays.
 *
 * @param copyId the copy, the document's {@code _id}
 * @param version compare-and-set counter
 * @param fileId the file whose copy it was
 * @param location where it is stored
 * @param key its physical key
 * @param etag entity tag as recorded at copy time, null where unknown
 * @param resumeToken an unfinished upload to be aborted, sealed; null where there is none
 * @param reason why it is garbage: moved, overwritten, deleted, replica-removed, abandoned, stray
 * @param dueAt not to be touched before
 * @param attempts how often the collector tried
 * @param owner node that holds the lease, null for none
 * @param leaseUntil end of the lease
 * @param lastError why the last try failed
 * @param createdAt when it was written
 * @param contentId the content that it is a copy of, null where nobody knows
 * @param copy the copy as its file referenced it; of one that was given up what was to be written,
 *     its size 0; null where nobody knows
 */
public record Garbage(
    String copyId,
    long version,
    String fileId,
    String location,
    String key,
    String etag,
    String resumeToken,
    String reason,
    Instant dueAt,
    int attempts,
    String owner,
    Instant leaseUntil,
    String lastError,
    Instant createdAt,
    String contentId,
    Replica copy) {

  /** The same at another version. */
  public Garbage atVersion(long next) {
    return new Garbage(
        copyId,
        next,
        fileId,
        location,
        key,
        etag,
        resumeToken,
        reason,
        dueAt,
        attempts,
        owner,
        leaseUntil,
        lastError,
        createdAt,
        contentId,
        copy);
  }
}
