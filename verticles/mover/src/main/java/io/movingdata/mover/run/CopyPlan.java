package io.movingdata.mover.run;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.ObjectLayout;
import java.time.Instant;
import java.util.Comparator;
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

  /**
   * The copies to read from, the best first: the primary, other verified ones, and at last one that
   * is at the target already, since it was not whole when it was read.
   */
  static List<Replica> sources(FileRecord file, String target) {
    return file.replicas().stream()
        .filter(Replica::verified)
        .sorted(
            Comparator.comparing((Replica copy) -> copy.location().equals(target))
                .thenComparing(copy -> !copy.location().equals(file.primary())))
        .toList();
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
