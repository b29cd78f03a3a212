package io.movingdata.catalog;

import io.movingdata.core.json.Json;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MetadataEntry;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.TimeId;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.PolicySnapshot;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records as the other verticles send them. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-24T08:00:00.123456Z");

  private Samples() {}

  static String copyId() {
    return CopyId.random().value();
  }

  static Replica replica(String fileId, String location, String copyId) {
    return new Replica(
        location,
        PhysicalKey.of(fileId, copyId),
        ObjectFormat.FERNET,
        copyId,
        NOW.getEpochSecond(),
        "0123456789abcdef",
        1_300,
        "\"etag-" + copyId + "\"",
        "crc32c:AAAAAA==",
        ReplicaState.VERIFIED,
        NOW);
  }

  /** A file whose primary copy is the first. */
  static FileRecord file(String id, String contentId, Replica... replicas) {
    return new FileRecord(
        id,
        0,
        contentId,
        1_000,
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "text/plain",
        replicas[0].location(),
        List.of(replicas),
        List.of(new MetadataEntry("$set", "a.b"), new MetadataEntry("x.y", "")),
        new PolicySnapshot(
            replicas[0].location(),
            "1",
            new PolicySnapshot.Encryption("fernet", "0123456789abcdef", "environment"),
            new PolicySnapshot.AccessControl(List.of("system"))),
        NOW,
        NOW,
        null,
        null,
        null,
        false);
  }

  static FileRecord withCopies(FileRecord file, Replica... replicas) {
    List<Replica> all = new ArrayList<>(List.of(replicas));
    return new FileRecord(
        file.id(),
        file.version(),
        file.contentId(),
        file.sizeBytes(),
        file.sha256(),
        file.contentType(),
        all.get(0).location(),
        all,
        file.metadata(),
        file.policy(),
        file.createdAt(),
        file.updatedAt(),
        file.lastMovedAt(),
        file.lastMove(),
        file.pinnedUntil(),
        false);
  }

  static FileRecord sized(FileRecord file, long bytes, Instant updatedAt) {
    return new FileRecord(
        file.id(),
        file.version(),
        file.contentId(),
        bytes,
        file.sha256(),
        file.contentType(),
        file.primary(),
        file.replicas(),
        file.metadata(),
        file.policy(),
        file.createdAt(),
        updatedAt,
        file.lastMovedAt(),
        file.lastMove(),
        file.pinnedUntil(),
        false);
  }

  static FileRecord deleted(FileRecord file) {
    return new FileRecord(
        file.id(),
        file.version(),
        file.contentId(),
        file.sizeBytes(),
        file.sha256(),
        file.contentType(),
        null,
        List.of(),
        file.metadata(),
        file.policy(),
        file.createdAt(),
        file.updatedAt(),
        file.lastMovedAt(),
        file.lastMove(),
        file.pinnedUntil(),
        true);
  }

  static CopyIntent intent(String fileId, Replica copy) {
    return new CopyIntent(
        copy.copyId(),
        0,
        fileId,
        "c".repeat(32),
        copy.location(),
        copy.key(),
        copy.format(),
        copy.keyId(),
        copy.createdAtS(),
        "move",
        "node-1",
        "sealed-token",
        0,
        false,
        NOW);
  }

  static MoveRecord move(String fileId, String target) {
    return move(TimeId.next(Instant.now()), fileId, target, MoveState.PLANNED, 5, null);
  }

  static MoveRecord move(
      String moveId, String fileId, String target, MoveState state, int priority, String jobId) {
    return new MoveRecord(
        moveId,
        0,
        fileId,
        MoveKind.MOVE,
        "s3",
        target,
        state,
        "c".repeat(32),
        null,
        null,
        0,
        null,
        0,
        null,
        null,
        priority,
        jobId,
        new Requester("alice", List.of("system"), "trace-1"),
        false,
        1_000,
        0,
        Instant.now(),
        null,
        null,
        null);
  }

  /** The move with another value in a field. */
  static MoveRecord with(MoveRecord move, String field, Object value) {
    JsonObject changed = Json.toObject(move).put(field, value);
    return Json.fromObject(changed, MoveRecord.class);
  }
}
