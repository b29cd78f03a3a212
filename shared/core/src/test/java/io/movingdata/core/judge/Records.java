package io.movingdata.core.judge;

import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.transfer.ObjectMetadata;
import java.time.Instant;
import java.util.List;

/** Catalog records with only what a judge looks at. */
final class Records {
  private static final String KEY_ID = "0123456789abcdef";

  private Records() {}

  static Replica replica(String fileId, String copyId, String location, Instant at) {
    return new Replica(
        location,
        PhysicalKey.of(fileId, copyId),
        ObjectFormat.FERNET,
        copyId,
        at.getEpochSecond(),
        KEY_ID,
        140,
        null,
        null,
        ReplicaState.VERIFIED,
        at);
  }

  static FileRecord file(
      String id, String contentId, String sha256, String primary, List<Replica> copies) {
    return new FileRecord(
        id, 1, contentId, 10, sha256, null, primary, copies, null, null, null, null, null, null,
        null, false);
  }

  static FileRecord tombstone(String id) {
    return new FileRecord(
        id, 2, null, 0, null, null, null, null, null, null, null, null, null, null, null, true);
  }

  static FileRecord with(FileRecord file, String primary, List<Replica> copies) {
    return file(file.id(), file.contentId(), file.sha256(), primary, copies);
  }

  static StoredObject object(FileRecord file, Replica copy, Instant at) {
    ObjectMetadata metadata =
        new ObjectMetadata(
            file.id(),
            copy.copyId(),
            file.contentId(),
            copy.format(),
            copy.createdAtS(),
            copy.keyId());
    return new StoredObject(copy.key(), copy.bytes(), metadata, at, Reading.content(file.sha256()));
  }

  static CopyIntent intent(String fileId, String contentId, Replica copy, Instant at) {
    return new CopyIntent(
        copy.copyId(),
        1,
        fileId,
        contentId,
        copy.location(),
        copy.key(),
        copy.format(),
        copy.keyId(),
        copy.createdAtS(),
        "move",
        "a",
        null,
        0,
        false,
        at);
  }

  static Garbage garbage(String fileId, Replica copy, Instant due) {
    return new Garbage(
        copy.copyId(),
        1,
        fileId,
        copy.location(),
        copy.key(),
        null,
        null,
        "moved",
        due,
        0,
        null,
        null,
        null,
        due,
        null,
        copy);
  }

  static MoveRecord move(
      String moveId,
      long version,
      FileRecord file,
      MoveKind kind,
      String target,
      MoveState state,
      Replica copy,
      String owner,
      long epoch,
      Instant created,
      Instant started,
      Instant committed) {
    return new MoveRecord(
        moveId,
        version,
        file.id(),
        kind,
        file.primary(),
        target,
        state,
        file.contentId(),
        copy,
        owner,
        epoch,
        null,
        0,
        null,
        null,
        5,
        null,
        null,
        false,
        10,
        0,
        created,
        started,
        committed,
        committed);
  }
}
