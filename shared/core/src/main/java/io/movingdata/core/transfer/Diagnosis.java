package io.movingdata.core.transfer;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Replica;
import io.movingdata.core.security.FrameException;
import java.time.Instant;
import java.util.Optional;

/**
 * What is wrong with a copy.
 *
 * @param kind its name
 * @param detail one sentence
 */
public record Diagnosis(FindingKind kind, String detail) {
  /** There is nothing at the copy's key. */
  public static Diagnosis missing() {
    return new Diagnosis(FindingKind.MISSING, "the provider has no object at the copy's key");
  }

  /** The bytes are encrypted by another of the configured keys. */
  public static Diagnosis wrongKey(String keyId) {
    return new Diagnosis(
        FindingKind.WRONG_KEY,
        "the bytes are encrypted under key " + keyId + ", not the recorded one");
  }

  /**
   * What a failed reading means.
   *
   * @param metadata what stands beside the object, empty where it is not ours
   * @param failure why reading failed; a provider that did not answer is not among these
   */
  public static Diagnosis of(
      FileRecord file, Replica copy, Optional<ObjectMetadata> metadata, Throwable failure) {
    if (MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)) {
      return missing();
    }
    if (MovingDataException.is(failure, ErrorCode.KEY_MISSING)) {
      return new Diagnosis(
          FindingKind.WRONG_KEY, "key " + copy.keyId() + " is in no keyring of its location");
    }
    if (metadata.isEmpty()) {
      return new Diagnosis(
          FindingKind.OVERWRITTEN, "an object that is none of ours lies at the copy's key");
    }
    ObjectMetadata stored = metadata.get();
    if (!stored.copyId().equals(copy.copyId())) {
      return stored.fileId().equals(file.id())
          ? new Diagnosis(FindingKind.STALE, "another copy of this file lies at the copy's key")
          : new Diagnosis(FindingKind.OVERWRITTEN, "a copy of another file lies at the copy's key");
    }
    if (misplaced(failure)) {
      return new Diagnosis(
          FindingKind.STALE, "the bytes are authentic, but of another copy or another place");
    }
    return new Diagnosis(FindingKind.CORRUPT, failure.getMessage());
  }

  private static boolean misplaced(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FrameException frame) {
        return frame.reason() == FrameException.Reason.MISPLACED;
      }
    }
    return false;
  }

  /** Whether a failure says something about the copy, and not about who was asked for it. */
  public static boolean tells(Throwable failure) {
    return failure instanceof MovingDataException known
        && switch (known.code()) {
          case CORRUPT_OBJECT,
              CHECKSUM_MISMATCH,
              OBJECT_NOT_FOUND,
              RANGE_NOT_SATISFIABLE,
              KEY_MISSING ->
              true;
          default -> false;
        };
  }

  /** What becomes of it at first: what somebody else wrote is left to a person. */
  public FindingState state() {
    return kind == FindingKind.OVERWRITTEN ? FindingState.CONFLICT : FindingState.OPEN;
  }

  /** The finding that says so of a file's copy. */
  public Finding finding(FileRecord file, Replica copy, String passId, Instant now) {
    return Finding.first(
        kind, state(), copy.location(), file.id(), copy.copyId(), copy.key(), detail, passId, now);
  }
}
