package io.movingdata.core.model;

import io.movingdata.core.security.PolicySnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file as the catalog knows it.
 *
 * @param id the file id, case-sensitive, at most 1024 bytes of UTF-8
 * @param version raised by every change, never repeated even when the file is deleted and made anew
 * @param contentId 32 hexadecimal digits that stand for one upload: an overwrite changes it, a move
 *     does not
 * @param sizeBytes plaintext size
 * @param sha256 plaintext SHA-256, lower-case hexadecimal
 * @param contentType media type as uploaded
 * @param primary location id of the primary copy
 * @param replicas every copy, the primary's first
 * @param metadata user metadata
 * @param policy the policy in force when the primary copy was made
 * @param pinnedUntil until when the autopilot leaves it alone, null for no pin
 * @param deleted whether this is the tombstone of a deleted file
 */
public record FileRecord(
    String id,
    long version,
    String contentId,
    long sizeBytes,
    String sha256,
    String contentType,
    String primary,
    List<Replica> replicas,
    List<MetadataEntry> metadata,
    PolicySnapshot policy,
    Instant createdAt,
    Instant updatedAt,
    Instant lastMovedAt,
    LastMove lastMove,
    Instant pinnedUntil,
    boolean deleted) {

  public FileRecord {
    replicas = replicas == null ? List.of() : List.copyOf(replicas);
    metadata = metadata == null ? List.of() : List.copyOf(metadata);
  }

  /** The verified copy at a location. */
  public Optional<Replica> verifiedAt(String location) {
    return replicas.stream().filter(r -> r.location().equals(location) && r.verified()).findFirst();
  }

  /** The primary copy. */
  public Optional<Replica> primaryReplica() {
    return replicas.stream().filter(r -> r.location().equals(primary)).findFirst();
  }

  /** Whether any copy has the id. */
  public boolean references(String copyId) {
    return replicas.stream().anyMatch(r -> r.copyId().equals(copyId));
  }

  /** The same file at another version. */
  public FileRecord atVersion(long next) {
    return new FileRecord(
        id,
        next,
        contentId,
        sizeBytes,
        sha256,
        contentType,
        primary,
        replicas,
        metadata,
        policy,
        createdAt,
        updatedAt,
        lastMovedAt,
        lastMove,
        pinnedUntil,
        deleted);
  }

  /** The same file with other copies. */
  public FileRecord with(List<Replica> copies, Instant now) {
    return new FileRecord(
        id,
        version,
        contentId,
        sizeBytes,
        sha256,
        contentType,
        primary,
        copies,
        metadata,
        policy,
        createdAt,
        now,
        lastMovedAt,
        lastMove,
        pinnedUntil,
        deleted);
  }
}
