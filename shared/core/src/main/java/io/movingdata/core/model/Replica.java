package io.movingdata.core.model;

import java.time.Instant;

/**
 * One stored copy of a file's content.
 *
 * @param location the location id that holds it
 * @param key the physical key, never used for another copy
 * @param format layout of the stored bytes
 * @param copyId 32 hexadecimal digits, never reused
 * @param createdAtS the copy's creation second (Unix time), the timestamp in its tokens
 * @param keyId fingerprint of the Fernet key that encrypted it
 * @param bytes stored size
 * @param etag the provider's entity tag, null where it has none
 * @param checksum what the provider computed over the stored bytes, as {@code algorithm:value}
 * @param state what is known of it
 * @param verifiedAt when it was last verified
 */
public record Replica(
    String location,
    String key,
    ObjectFormat format,
    String copyId,
    long createdAtS,
    String keyId,
    long bytes,
    String etag,
    String checksum,
    ReplicaState state,
    Instant verifiedAt) {

  /** The same copy in another state. */
  public Replica in(ReplicaState next, Instant at) {
    return new Replica(
        location, key, format, copyId, createdAtS, keyId, bytes, etag, checksum, next, at);
  }

  /** Whether the copy may serve reads and stand for the content. */
  public boolean verified() {
    return state == ReplicaState.VERIFIED;
  }
}
