package io.movingdata.mover.transfer;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.FrameLayout;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.CopyReader;
import io.movingdata.core.transfer.DurableListener;
import io.movingdata.core.transfer.EncryptedReader;
import io.movingdata.core.transfer.EncryptedWriter;
import io.movingdata.core.transfer.ObjectMetadata;
import io.movingdata.core.transfer.StoredCopy;
import io.movingdata.core.transfer.TransferContext;
import io.movingdata.core.transfer.WriteTarget;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Reads the source's frames, encrypts them under the target's key, and sends them. */
public final class EncryptedTransfers implements Transfers {
  private final NodeContext node;
  private final TransferContext context;
  private final CopyReader copies;

  /** Transfers whose frames in flight take at most a share of the heap. */
  public EncryptedTransfers(NodeContext node, StorageClient storage, double heapShare) {
    this.node = node;
    this.context = TransferContext.of(node, storage, heapShare);
    this.copies = new CopyReader(node, context);
  }

  @Override
  public Future<StoredCopy> write(Job job, DurableListener listener, BooleanSupplier cancelled) {
    TransferContext between = context.between(job.source().location(), job.copy().location());
    return EncryptedWriter.open(between, target(job.copy()), job.resumeToken(), listener)
        .compose(writer -> transfer(between, job, writer, cancelled));
  }

  private WriteTarget target(CopyIntent copy) {
    LocationConfig location = node.config().requireLocation(copy.location());
    return new WriteTarget(
        location.id(),
        copy.key(),
        new CopyId(copy.copyId()),
        copy.createdAtS(),
        copy.format(),
        location.keyring().require(copy.keyId()),
        ObjectMetadata.of(copy).toMap());
  }

  private Future<StoredCopy> transfer(
      TransferContext between, Job job, EncryptedWriter writer, BooleanSupplier cancelled) {
    long size = job.file().sizeBytes();
    long from = Math.min(FrameLayout.contentOffset(writer.firstFrame()), size);
    EncryptedReader reader;
    try {
      reader = open(between, job.file(), job.source(), from);
    } catch (MovingDataException unreadable) {
      writer.suspend();
      return Future.failedFuture(unreadable);
    }
    return pump(reader, writer, cancelled)
        .compose(done -> writer.commit())
        .onComplete(
            stored -> reader.close(),
            failure -> {
              reader.close();
              writer.suspend();
            });
  }

  private static Future<Void> pump(
      EncryptedReader reader, EncryptedWriter writer, BooleanSupplier cancelled) {
    return reader
        .next()
        .compose(
            piece -> {
              if (piece == null) {
                return Future.succeededFuture();
              }
              if (cancelled.getAsBoolean()) {
                piece.close();
                throw MovingDataException.of(ErrorCode.CONFLICT, "cancelled");
              }
              return writer.write(piece).compose(accepted -> pump(reader, writer, cancelled));
            });
  }

  @Override
  public Future<Void> readBack(FileRecord file, Replica copy, LongConsumer listener) {
    return copies.readBack(
        file,
        copy,
        piece -> {
          CrashPoint.PROVING.reached();
          listener.accept(piece.contentOffset() + piece.length());
        });
  }

  private EncryptedReader open(TransferContext between, FileRecord file, Replica copy, long from) {
    return EncryptedReader.open(
        between,
        copy,
        node.config().requireLocation(copy.location()).keyring(),
        file.sizeBytes(),
        file.sha256(),
        from,
        file.sizeBytes() - from);
  }
}
