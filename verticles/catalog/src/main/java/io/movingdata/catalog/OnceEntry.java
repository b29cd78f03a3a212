package io.movingdata.catalog;

import java.time.Instant;

/**
 * A request that carries an idempotency key.
 *
 * @param keyHash hash of the key, the document's {@code _id}: a key may be anything
 * @param version compare-and-set counter
 * @param bodyHash hash of the request
 * @param owner who carries it out
 * @param finished whether it has its answer
 * @param status HTTP status of the answer
 * @param location its {@code Location}, null for none
 * @param body its body
 * @param leaseUntil until when nobody else may carry it out
 * @param expiresAt when the key may be used anew
 */
record OnceEntry(
    String keyHash,
    long version,
    String bodyHash,
    String owner,
    boolean finished,
    int status,
    String location,
    String body,
    Instant leaseUntil,
    Instant expiresAt) {

  /** The entry with its answer. */
  OnceEntry answered(int newStatus, String newLocation, String newBody) {
    return new OnceEntry(
        keyHash, version, bodyHash, owner, true, newStatus, newLocation, newBody, null, expiresAt);
  }

  /** The entry of the next request under the key, in place of this one. */
  OnceEntry atVersion(long other) {
    return new OnceEntry(
        keyHash, other, bodyHash, owner, finished, status, location, body, leaseUntil, expiresAt);
  }
}
