package io.movingdata.core.model;

import java.time.Instant;

/**
 * A copy that somebody is about to write or is writing: recorded before the first byte is sent, so
 * that whatever a crash leaves behind is known. Closed when the file references the copy; discarded
 * when it never will.
 *
 * @param copyId the copy's id, the document's {@code _id}
 * @param version compare-and-set counter
 * @param fileId the file it is a copy of
 * @param contentId the content that it holds
 * @param location where it is written
 * @param key its physical key
 * @param format layout of the stored bytes
 * @param keyId fingerprint of the key that encrypts it
 * @param createdAtS creation second, the timestamp in its tokens
 * @param purpose what it is for: upload, move or copy
 * @param owner the node that writes it
 * @param resumeToken the provider's upload, sealed by its worker; null before there is one
 * @param durableBytes stored bytes that the provider has acknowledged
 * @param discarded whether the copy was given up: a file may no longer come to reference it
 * @param updatedAt when it last made progress
 */
public record CopyIntent(
    String copyId,
    long version,
    String fileId,
    String contentId,
    String location,
    String key,
    ObjectFormat format,
    String keyId,
    long createdAtS,
    String purpose,
    String owner,
    String resumeToken,
    long durableBytes,
    boolean discarded,
    Instant updatedAt) {

  /** The copy that was to be written: its size is not known, and nobody has proven it. */
  public Replica unproven() {
    return new Replica(
        location,
        key,
        format,
        copyId,
        createdAtS,
        keyId,
        0,
        null,
        null,
        ReplicaState.QUARANTINED,
        null);
  }

  /** The same at another version. */
  public CopyIntent atVersion(long next) {
    return new CopyIntent(
        copyId,
        next,
        fileId,
        contentId,
        location,
        key,
        format,
        keyId,
        createdAtS,
        purpose,
        owner,
        resumeToken,
        durableBytes,
        discarded,
        updatedAt);
  }
}
