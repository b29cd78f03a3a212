package io.movingdata.mover.run;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
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
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.FrameLayout;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.DurableListener;
import io.movingdata.core.transfer.EncryptedReader;
import io.movingdata.core.transfer.EncryptedWriter;
import io.movingdata.core.transfer.ObjectMetadata;
import io.movingdata.core.transfer.StoredCopy;
import io.movingdata.core.transfer.TransferContext;
import io.movingdata.core.transfer.WriteTarget;
import io.vertx.core.Future;
import java.util.List;

/**
 * Writes the copy that a move has named: records the intent, reads the source's frames, encrypts
 * them under the target's key, and records how far they are durable. Whoever comes after a crash
 * goes on at the last durable frame.
 */
public final class CopyService {
  private static final double HEAP_SHARE = 0.18;

  private final NodeContext node;
  private final Bus bus;
  private final MoveAnnouncer announcer;
  private final TransferContext transfers;

  public CopyService(NodeContext node, StorageClient storage, MoveAnnouncer announcer) {
    this.node = node;
    this.bus = node.bus();
    this.announcer = announcer;
    this.transfers = TransferContext.of(node, storage, HEAP_SHARE);
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
    return bus.request(CatalogApi.OPEN_COPY, intent)
        .map(CrashPoint.INTENT_RECORDED::passed)
        .compose(opened -> resumeToken(move))
        .compose(token -> open(handle, intent, token))
        .compose(writer -> transfer(handle, file, writer))
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

  private Future<EncryptedWriter> open(MoveHandle handle, CopyIntent intent, String token) {
    LocationConfig target = node.config().requireLocation(intent.location());
    WriteTarget wanted =
        new WriteTarget(
            target.id(),
            intent.key(),
            new CopyId(intent.copyId()),
            intent.createdAtS(),
            intent.format(),
            target.keyring().require(intent.keyId()),
            ObjectMetadata.of(intent).toMap());
    return EncryptedWriter.open(transfers, wanted, token, progress(handle, intent));
  }

  private DurableListener progress(MoveHandle handle, CopyIntent intent) {
    Rate rate = new Rate(System.nanoTime());
    return (bytes, token) -> {
      if (!handle.held()) {
        return Future.failedFuture(new LeaseLostException(handle.move().moveId()));
      }
      long content = FrameLayout.contentOffset(FrameLayout.frameAtStored(bytes));
      long done = Math.min(content, handle.move().bytesTotal());
      handle.progress(done);
      announcer.progress(handle.move(), done, rate.at(done, System.nanoTime()));
      CatalogApi.CopyProgress report =
          new CatalogApi.CopyProgress(intent.copyId(), node.config().node().id(), token, bytes);
      return bus.request(CatalogApi.COPY_PROGRESS, report).mapEmpty();
    };
  }

  private Future<StoredCopy> transfer(MoveHandle handle, FileRecord file, EncryptedWriter writer) {
    EncryptedReader reader;
    try {
      reader = reader(file, handle.move().attempts(), writer.firstFrame());
    } catch (MovingDataException unreadable) {
      writer.suspend();
      return Future.failedFuture(unreadable);
    }
    return pump(handle, reader, writer)
        .compose(done -> writer.commit())
        .onComplete(
            stored -> reader.close(),
            failure -> {
              reader.close();
              writer.suspend();
            });
  }

  private EncryptedReader reader(FileRecord file, int attempts, int firstFrame) {
    Replica source = source(file, attempts);
    long from = Math.min(FrameLayout.contentOffset(firstFrame), file.sizeBytes());
    return EncryptedReader.open(
        transfers,
        source,
        node.config().requireLocation(source.location()).keyring(),
        file.sizeBytes(),
        file.sha256(),
        from,
        file.sizeBytes() - from);
  }

  /** The primary first; after a failed try the next verified copy, round and round. */
  private static Replica source(FileRecord file, int attempts) {
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

  private static Future<Void> pump(
      MoveHandle handle, EncryptedReader reader, EncryptedWriter writer) {
    return reader
        .next()
        .compose(
            piece -> {
              if (piece == null) {
                return Future.succeededFuture();
              }
              if (handle.move().cancelRequested()) {
                piece.close();
                throw MovingDataException.of(ErrorCode.CONFLICT, "cancelled");
              }
              return writer.write(piece).compose(accepted -> pump(handle, reader, writer));
            });
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
