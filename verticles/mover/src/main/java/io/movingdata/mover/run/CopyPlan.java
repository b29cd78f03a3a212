package io.movingdata.mover.run;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.ObjectLayout;
import java.time.Instant;
import java.util.List;

/** Names copies before they are written, and chooses what they are written from. */
public final class CopyPlan {
  private CopyPlan() {}

  /** A new copy of a file at a location, with nothing stored yet. */
  public static Replica plan(FileRecord file, LocationConfig target, Instant now) {
    String copyId = CopyId.random().value();
    ObjectFormat format = new ObjectLayout(file.sizeBytes()).format();
    return new Replica(
        target.id(),
        PhysicalKey.of(file.id(), copyId),
        format,
        copyId,
        now.getEpochSecond(),
        target.keyring().encryptionKey().keyId(),
        0,
        null,
        null,
        ReplicaState.VERIFIED,
        null);
  }

  /** The copy to read from: the primary; after a failed try the next verified one, in turn. */
  static Replica source(FileRecord file, int attempts) {
    List<Replica> verified =
        file.replicas().stream()
            .filter(Replica::verified)
            .sorted(
                (a, b) ->
                    Boolean.compare(
                        b.location().equals(file.primary()), a.location().equals(file.primary())))
            .toList();
    if (verified.isEmpty()) {
      throw MovingDataException.of(
          ErrorCode.CORRUPT_OBJECT, "the file has no verified copy to read from");
    }
    return verified.get(attempts % verified.size());
  }

  /** The intent to write a planned copy. */
  static CopyIntent intent(
      FileRecord file, Replica copy, String purpose, String owner, Instant now) {
    return new CopyIntent(
        copy.copyId(),
        0,
        file.id(),
        file.contentId(),
        copy.location(),
        copy.key(),
        copy.format(),
        copy.keyId(),
        copy.createdAtS(),
        purpose,
        owner,
        null,
        0,
        false,
        now);
  }
}
