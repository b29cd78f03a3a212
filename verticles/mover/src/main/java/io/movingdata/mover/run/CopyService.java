package io.movingdata.mover.run;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.security.FrameLayout;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.DurableListener;
import io.movingdata.core.transfer.SpareCopies;
import io.movingdata.core.transfer.StoredCopy;
import io.movingdata.mover.transfer.Transfers;
import io.vertx.core.Future;
import java.util.List;

/**
 * Writes the copy that a move has named: records the intent, has the bytes transferred, and records
 * how far they are durable. Whoever comes after a crash goes on at the last durable frame.
 */
public final class CopyService {
  private final NodeContext node;
  private final Bus bus;
  private final MoveAnnouncer announcer;
  private final Transfers transfers;
  private final SpareCopies spares;
  private final StorageClient storage;

  public CopyService(NodeContext node, Transfers transfers, MoveAnnouncer announcer) {
    this.node = node;
    this.bus = node.bus();
    this.announcer = announcer;
    this.transfers = transfers;
    this.spares = new SpareCopies(node);
    this.storage = new StorageClient(bus);
  }

  /** Writes the move's copy; the copy as stored. */
  Future<Replica> copy(MoveHandle handle, FileRecord file) {
    MoveRecord move = handle.move();
    Replica planned = move.copy();
    CopyIntent intent =
        CopyPlan.intent(
            file,
            planned,
            move.kind().name().toLowerCase(java.util.Locale.ROOT),
            node.config().node().id(),
            node.clock().instant());
    CrashPoint.COPY_NAMED.reached();
    return bus.request(CatalogApi.OPEN_COPY, intent)
        .map(CrashPoint.INTENT_RECORDED::passed)
        .compose(opened -> resumeToken(move))
        .compose(token -> write(handle, file, intent, token))
        .map(stored -> stored(planned, stored));
  }

  /** Only a second owner, or a second try, can have something to resume. */
  private Future<String> resumeToken(MoveRecord move) {
    if (move.epoch() == 1) {
      return Future.succeededFuture();
    }
    return bus.request(CatalogApi.GET_COPY, new CatalogApi.CopyRef(move.copy().copyId()))
        .map(
            reply -> {
              if (reply.copy() == null || reply.copy().discarded()) {
                throw MovingDataException.of(ErrorCode.CONFLICT, "the copy was given up");
              }
              return reply.copy().resumeToken();
            });
  }

  private Future<StoredCopy> write(
      MoveHandle handle, FileRecord file, CopyIntent intent, String token) {
    return source(file, handle.move())
        .compose(
            source ->
                transfers.write(
                    new Transfers.Job(file, source, intent, token),
                    progress(handle, intent),
                    () -> handle.move().cancelRequested()));
  }

  /** After a failed try the next one, in turn; those that wait for the collector come last. */
  private Future<Replica> source(FileRecord file, MoveRecord move) {
    List<Replica> own = CopyPlan.sources(file, move.target());
    if (move.attempts() < own.size()) {
      return Future.succeededFuture(own.get(move.attempts()));
    }
    return spares
        .of(file)
        .compose(
            others -> {
              if (own.isEmpty() && others.isEmpty()) {
                throw MovingDataException.of(
                    ErrorCode.CORRUPT_OBJECT, "there is no copy of the file to read from");
              }
              int turn = move.attempts() % (own.size() + others.size());
              return turn < own.size()
                  ? Future.succeededFuture(own.get(turn))
                  : spares
                      .hold(others.get(turn - own.size()))
                      .compose(spare -> there(spare, own, turn));
            });
  }

  /** One that never came to be would hide why those of the file's own cannot be read. */
  private Future<Replica> there(Replica spare, List<Replica> own, int turn) {
    return storage
        .stat(spare.location(), spare.key())
        .map(spare)
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND) && !own.isEmpty()
                    ? Future.succeededFuture(own.get(turn % own.size()))
                    : Future.failedFuture(failure));
  }

  private DurableListener progress(MoveHandle handle, CopyIntent intent) {
    Rate rate = new Rate(node.nanoTime().getAsLong());
    return (bytes, token) -> {
      if (!handle.held()) {
        return Future.failedFuture(new LeaseLostException(handle.move().moveId()));
      }
      long content = FrameLayout.contentOffset(FrameLayout.frameAtStored(bytes));
      long done = Math.min(content, handle.move().bytesTotal());
      handle.progress(done);
      announcer.progress(handle.move(), done, rate.at(done, node.nanoTime().getAsLong()));
      CatalogApi.CopyProgress report =
          new CatalogApi.CopyProgress(intent.copyId(), node.config().node().id(), token, bytes);
      return bus.request(CatalogApi.COPY_PROGRESS, report).mapEmpty();
    };
  }

  private Replica stored(Replica planned, StoredCopy stored) {
    return new Replica(
        planned.location(),
        planned.key(),
        planned.format(),
        planned.copyId(),
        planned.createdAtS(),
        planned.keyId(),
        stored.bytes(),
        stored.etag(),
        stored.checksum(),
        ReplicaState.VERIFIED,
        node.clock().instant());
  }
}
