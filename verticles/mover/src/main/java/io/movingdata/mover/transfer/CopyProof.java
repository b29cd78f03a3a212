package io.movingdata.mover.transfer;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.Replica;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.Diagnosis;
import io.movingdata.core.transfer.ObjectMetadata;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that a copy is whole before another may go: reads it back, authenticates every frame and
 * compares the content's SHA-256. A copy that is not is recorded as a finding. A provider that
 * cannot be asked proves nothing either way.
 */
public final class CopyProof {
  private static final Logger LOG = LoggerFactory.getLogger(CopyProof.class);

  /** Stands in findings for the pass that saw them. */
  private static final String SEEN_BY = "mover";

  private final NodeContext node;
  private final Bus bus;
  private final StorageClient storage;
  private final Transfers transfers;

  public CopyProof(NodeContext node, StorageClient storage, Transfers transfers) {
    this.node = node;
    this.bus = node.bus();
    this.storage = storage;
    this.transfers = transfers;
  }

  /**
   * What is wrong with a copy, as recorded; empty where it is whole. Fails where that could not be
   * found out, or with what the listener throws.
   *
   * @param listener hears how many bytes of content have been read
   */
  public Future<Optional<Diagnosis>> examine(FileRecord file, Replica copy, LongConsumer listener) {
    return judged(file, copy, transfers.readBack(file, copy, listener));
  }

  /**
   * Whether one of the copies is whole; fails where that could not be found out.
   *
   * @param deep whether to read them; otherwise the provider's size and checksum are compared with
   *     the recorded ones
   */
  public Future<Boolean> anyWhole(FileRecord file, List<Replica> copies, boolean deep) {
    return anyWhole(file, copies, deep, 0, null);
  }

  private Future<Boolean> anyWhole(
      FileRecord file, List<Replica> copies, boolean deep, int index, Throwable unknown) {
    if (index == copies.size()) {
      return unknown == null ? Future.succeededFuture(false) : Future.failedFuture(unknown);
    }
    Replica copy = copies.get(index);
    Future<Optional<Diagnosis>> wrong =
        deep ? examine(file, copy, read -> {}) : judged(file, copy, compareStat(copy));
    return wrong.transform(
        seen ->
            seen.succeeded() && seen.result().isEmpty()
                ? Future.succeededFuture(true)
                : anyWhole(
                    file, copies, deep, index + 1, seen.succeeded() ? unknown : seen.cause()));
  }

  private Future<Optional<Diagnosis>> judged(FileRecord file, Replica copy, Future<Void> proof) {
    return proof
        .map(whole -> Optional.<Diagnosis>empty())
        .recover(
            failure ->
                Diagnosis.tells(failure)
                    ? explain(file, copy, failure)
                        .compose(found -> record(file, copy, found).map(Optional.of(found)))
                    : Future.failedFuture(failure));
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

  private Future<Diagnosis> explain(FileRecord file, Replica copy, Throwable failure) {
    return storage
        .stat(copy.location(), copy.key())
        .map(stat -> Diagnosis.of(file, copy, ObjectMetadata.parse(stat.metadata()), failure))
        .recover(
            unknown ->
                MovingDataException.is(unknown, ErrorCode.OBJECT_NOT_FOUND)
                    ? Future.succeededFuture(Diagnosis.missing())
                    : Future.failedFuture(unknown));
  }

  /** It may have left its file, and been collected, while it was looked at. */
  private Future<Void> record(FileRecord file, Replica copy, Diagnosis found) {
    LOG.error("copy {} at {} is not whole: {}", copy.copyId(), copy.location(), found.detail());
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(file.id(), false))
        .compose(
            reply ->
                reply.file() != null && reply.file().references(copy.copyId())
                    ? see(found.finding(file, copy, SEEN_BY, node.clock().instant()))
                    : Future.succeededFuture());
  }

  private Future<Void> see(Finding finding) {
    return bus.request(FindingApi.SEE_FINDING, finding)
        .map(
            reply -> {
              bus.publish(ConsistencyApi.FINDING, reply.finding());
              return null;
            });
  }
}
