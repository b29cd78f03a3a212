package io.movingdata.consistency.rebuild;

import io.movingdata.core.model.Replica;
import java.time.Instant;

/**
 * A copy that was found whole in a store.
 *
 * @param copy where and how it is stored
 * @param fileId whose copy it is
 * @param contentId of which upload
 * @param sizeBytes plaintext size
 * @param sha256 plaintext SHA-256, lower-case hexadecimal
 * @param storedAt when the provider says that it was written, null where unknown
 */
public record Candidate(
    Replica copy,
    String fileId,
    String contentId,
    long sizeBytes,
    String sha256,
    Instant storedAt) {

  /** When the copy was begun. */
  Instant createdAt() {
    return Instant.ofEpochSecond(copy.createdAtS());
  }

  LeftOut leftOut(LeftOut.Reason reason, String detail) {
    return new LeftOut(copy.location(), copy.key(), fileId, reason, detail);
  }
}
