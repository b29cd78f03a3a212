package io.movingdata.mover.collect;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.mover.transfer.Transfers;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that a copy is whole before another may go: {@code deep} reads it back, authenticates
 * every frame and compares the content's SHA-256; {@code light} compares the provider's size and
 * checksum with the recorded ones. A provider that cannot be asked proves nothing either way.
 */
public final class CopyProof {
  private static final Logger LOG = LoggerFactory.getLogger(CopyProof.class);
  private static final Set<ErrorCode> DISPROOFS =
      Set.of(
          ErrorCode.CORRUPT_OBJECT,
          ErrorCode.CHECKSUM_MISMATCH,
          ErrorCode.OBJECT_NOT_FOUND,
          ErrorCode.RANGE_NOT_SATISFIABLE,
          ErrorCode.KEY_MISSING);

  private final StorageClient storage;
  private final Transfers transfers;
  private final boolean deep;

  public CopyProof(NodeContext node, StorageClient storage, Transfers transfers) {
    this.storage = storage;
    this.transfers = transfers;
    this.deep = node.config().collector().deepVerify();
  }

  /** Whether one of the copies is whole; fails where that could not be found out. */
  Future<Boolean> prove(FileRecord file, List<Replica> candidates) {
    return prove(file, candidates, 0, null);
  }

  private Future<Boolean> prove(
      FileRecord file, List<Replica> candidates, int index, Throwable unknown) {
    if (index == candidates.size()) {
      return unknown == null ? Future.succeededFuture(false) : Future.failedFuture(unknown);
    }
    Replica copy = candidates.get(index);
    Future<Void> proof = deep ? transfers.readBack(file, copy) : compareStat(copy);
    return proof
        .map(true)
        .recover(
            failure -> {
              boolean disproved =
                  failure instanceof MovingDataException known && DISPROOFS.contains(known.code());
              if (disproved) {
                LOG.error(
                    "copy {} at {} is not whole: {}",
                    copy.copyId(),
                    copy.location(),
                    failure.getMessage());
              }
              return prove(file, candidates, index + 1, disproved ? unknown : failure);
            });
  }

  private Future<Void> compareStat(Replica copy) {
    return storage.stat(copy.location(), copy.key()).map(stat -> compared(copy, stat));
  }

  private static Void compared(Replica copy, ObjectStat stat) {
    boolean same =
        stat.size() == copy.bytes()
            && (copy.checksum() == null || Objects.equals(copy.checksum(), stat.checksum()));
    if (!same) {
      throw MovingDataException.of(
          ErrorCode.CHECKSUM_MISMATCH, "size or checksum is not the recorded one");
    }
    return null;
  }
}
