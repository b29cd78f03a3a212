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
 * @param verifiedAt when it was last read whole; before that, when it was written and the
 *     provider's checksum agreed; of a quarantined copy, when it was set aside
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

  /** The same copy of another stored size. */
  public Replica withBytes(long next) {
    return new Replica(
        location, key, format, copyId, createdAtS, keyId, next, etag, checksum, state, verifiedAt);
  }

  /** The same copy with another entity tag. */
  public Replica withEtag(String next) {
    return new Replica(
        location, key, format, copyId, createdAtS, keyId, bytes, next, checksum, state, verifiedAt);
  }

  /** Whether the copy may serve reads and stand for the content. */
  public boolean verified() {
    return state == ReplicaState.VERIFIED;
  }
}
