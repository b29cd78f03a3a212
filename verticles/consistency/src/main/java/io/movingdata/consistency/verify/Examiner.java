package io.movingdata.consistency.verify;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.Replica;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.CopyReader;
import io.movingdata.core.transfer.Diagnosis;
import io.movingdata.core.transfer.ObjectMetadata;
import io.vertx.core.Future;
import java.util.Optional;

/** Looks at one copy and says what is wrong with it. */
public final class Examiner {
  private final StorageClient storage;
  private final CopyReader reader;
  private final KeyFinder keys;

  public Examiner(StorageClient storage, CopyReader reader, KeyFinder keys) {
    this.storage = storage;
    this.reader = reader;
    this.keys = keys;
  }

  /**
   * Looks at a copy. What the provider says of it decides where it agrees with the catalog, unless
   * {@code deep}: then, and where it does not, the bytes do.
   *
   * @return empty where nothing is wrong; fails where the provider does not answer, which says
   *     nothing about the copy
   */
  public Future<Optional<Diagnosis>> examine(FileRecord file, Replica copy, boolean deep) {
    return storage
        .stat(copy.location(), copy.key())
        .compose(
            stat -> look(file, copy, stat, deep),
            failure ->
                MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
                    ? Future.succeededFuture(Optional.of(Diagnosis.missing()))
                    : Future.failedFuture(failure));
  }

  private Future<Optional<Diagnosis>> look(
      FileRecord file, Replica copy, ObjectStat stat, boolean deep) {
    Optional<ObjectMetadata> metadata = ObjectMetadata.parse(stat.metadata());
    boolean agrees =
        !CopyCheck.differs(CopyCheck.Expected.of(file.id(), copy), stat)
            && metadata.filter(m -> m.copyId().equals(copy.copyId())).isPresent();
    if (agrees && !deep) {
      return Future.succeededFuture(Optional.empty());
    }
    return reader
        .readBack(file, copy, piece -> {})
        .map(whole -> Optional.<Diagnosis>empty())
        .recover(
            failure ->
                Diagnosis.tells(failure)
                    ? explain(file, copy, Diagnosis.of(file, copy, metadata, failure))
                    : Future.failedFuture(failure));
  }

  /** Bytes that look damaged may only be encrypted under another key. */
  private Future<Optional<Diagnosis>> explain(FileRecord file, Replica copy, Diagnosis found) {
    if (found.kind() != FindingKind.CORRUPT) {
      return Future.succeededFuture(Optional.of(found));
    }
    return keys.keyOf(file, copy)
        .otherwise(Optional.empty())
        .map(key -> Optional.of(key.map(Diagnosis::wrongKey).orElse(found)));
  }
}
