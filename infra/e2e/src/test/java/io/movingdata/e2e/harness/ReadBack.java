package io.movingdata.e2e.harness;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.judge.Reading;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.EncryptedReader;
import io.movingdata.core.transfer.Piece;
import io.movingdata.core.transfer.TransferContext;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** Reads copies back to their plaintext and says what it is. */
final class ReadBack {
  private static final double HEAP_SHARE = 0.2;
  private static final Set<ErrorCode> DAMAGE =
      Set.of(
          ErrorCode.CORRUPT_OBJECT,
          ErrorCode.CHECKSUM_MISMATCH,
          ErrorCode.RANGE_NOT_SATISFIABLE,
          ErrorCode.KEY_MISSING);

  private final NodeContext node;
  private final TransferContext transfers;

  ReadBack(NodeContext node, StorageClient storage) {
    this.node = node;
    this.transfers = TransferContext.of(node, storage, HEAP_SHARE);
  }

  /** What a copy holds; fails where that could not be found out. */
  Future<Reading> read(FileRecord file, Replica copy) {
    EncryptedReader reader;
    try {
      reader =
          EncryptedReader.open(
              transfers,
              copy,
              node.config().requireLocation(copy.location()).keyring(),
              file.sizeBytes(),
              null,
              0,
              file.sizeBytes());
    } catch (MovingDataException unreadable) {
      return damage(unreadable);
    }
    MessageDigest digest = sha256();
    return drain(reader, digest)
        .map(done -> Reading.content(HexFormat.of().formatHex(digest.digest())))
        .recover(ReadBack::damage)
        .onComplete(done -> reader.close());
  }

  private Future<Void> drain(EncryptedReader reader, MessageDigest digest) {
    return reader
        .next()
        .compose(
            piece ->
                piece == null
                    ? Future.succeededFuture()
                    : node.cpu()
                        .executeBlocking(() -> digested(piece, digest), false)
                        .compose(done -> drain(reader, digest)));
  }

  private static Void digested(Piece piece, MessageDigest digest) {
    digest.update(piece.array(), piece.offset(), piece.length());
    piece.close();
    return null;
  }

  private static Future<Reading> damage(Throwable failure) {
    boolean damaged = failure instanceof MovingDataException known && DAMAGE.contains(known.code());
    return damaged
        ? Future.succeededFuture(Reading.unreadable(failure.getMessage()))
        : Future.failedFuture(failure);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
