package io.movingdata.consistency.backup;

import io.movingdata.consistency.backup.Frames.Frame;
import io.movingdata.consistency.tool.ContentReader;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.Backup;
import io.movingdata.core.model.BackupKey;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.DurableListener;
import io.movingdata.core.transfer.EncryptedWriter;
import io.movingdata.core.transfer.ObjectMetadata;
import io.movingdata.core.transfer.TransferContext;
import io.movingdata.core.transfer.WriteTarget;
import io.vertx.core.Future;
import java.time.Instant;

/**
 * One copy of a backup on its way to a location. What fails here ends this copy, and no other.
 * Belongs to one event-loop context.
 */
final class CopyWriter {
  private final TransferContext context;
  private final LocationConfig location;
  private final String backupId;
  private final String contentId;
  private final Instant at;
  private final CopyId copyId = CopyId.random();
  private EncryptedWriter writer;
  private Replica stored;
  private String problem;
  private boolean verified;

  CopyWriter(
      TransferContext context,
      LocationConfig location,
      String backupId,
      String contentId,
      Instant at) {
    this.context = context;
    this.location = location;
    this.backupId = backupId;
    this.contentId = contentId;
    this.at = at;
  }

  private String key() {
    return BackupKey.of(backupId, copyId.value());
  }

  /** Whether it can still become a copy. */
  boolean alive() {
    return problem == null;
  }

  /** Makes the bucket where it is missing. */
  Future<Void> begin(StorageClient storage) {
    return guarded(storage.ensure(location.id()).mapEmpty());
  }

  /** Writes a frame; completes when the next one may come, and always. */
  Future<Void> write(Frame frame) {
    if (!alive()) {
      return Future.succeededFuture();
    }
    Future<Void> open =
        writer == null
            ? open(frame.last ? ObjectFormat.FERNET : ObjectFormat.FERNET_FRAMES)
            : Future.succeededFuture();
    return guarded(
        open.compose(
            opened ->
                writer.write(frame.index, frame.last, frame.bytes, 0, frame.bytes.length, null)));
  }

  private Future<Void> open(ObjectFormat format) {
    String keyId = location.keyring().encryptionKey().keyId();
    long second = at.getEpochSecond();
    ObjectMetadata metadata =
        new ObjectMetadata(backupId, copyId.value(), contentId, format, second, keyId);
    WriteTarget target =
        new WriteTarget(
            location.id(),
            key(),
            copyId,
            second,
            format,
            location.keyring().encryptionKey(),
            metadata.toMap());
    stored = replica(format, keyId, 0, null);
    return EncryptedWriter.open(context, target, null, DurableListener.NONE)
        .map(
            opened -> {
              writer = opened;
              return null;
            });
  }

  private Replica replica(ObjectFormat format, String keyId, long bytes, String checksum) {
    return new Replica(
        location.id(),
        key(),
        format,
        copyId.value(),
        at.getEpochSecond(),
        keyId,
        bytes,
        null,
        checksum,
        ReplicaState.VERIFIED,
        at);
  }

  /** Completes the copy, reads it back, and compares; completes always. */
  Future<Void> finish(ContentReader reader, long size, String sha256) {
    if (!alive()) {
      return Future.succeededFuture();
    }
    return guarded(
        writer
            .commit()
            .compose(
                done -> {
                  stored = replica(stored.format(), stored.keyId(), done.bytes(), done.checksum());
                  return reader.read(stored, size);
                })
            .map(
                reading -> {
                  if (!sha256.equals(reading.sha256())) {
                    throw MovingDataException.of(
                        ErrorCode.CORRUPT_OBJECT,
                        "read back it is not what was written: " + reading);
                  }
                  verified = true;
                  return null;
                }));
  }

  /** Lets go of what was begun. */
  void giveUp(String why) {
    problem = problem == null ? why : problem;
    if (writer != null) {
      writer.suspend();
    }
  }

  private Future<Void> guarded(Future<Void> work) {
    return work.recover(
        failure -> {
          giveUp(String.valueOf(failure.getMessage()));
          return Future.succeededFuture();
        });
  }

  /** What became of it. */
  Backup.Copy outcome() {
    long bytes = stored == null ? 0 : stored.bytes();
    return new Backup.Copy(location.id(), key(), bytes, verified, problem == null ? "" : problem);
  }
}
