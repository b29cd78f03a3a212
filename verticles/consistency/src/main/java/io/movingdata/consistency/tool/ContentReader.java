package io.movingdata.consistency.tool;

import io.movingdata.core.judge.Reading;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Replica;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.ContentProbe;
import io.movingdata.core.transfer.CopyReader;
import io.movingdata.core.transfer.Diagnosis;
import io.movingdata.core.transfer.Piece;
import io.movingdata.core.transfer.TransferContext;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads copies back to their plaintext, every frame authenticated, and says what it is. */
public final class ContentReader {
  private static final double HEAP_SHARE = 0.25;

  private final NodeContext node;
  private final TransferContext transfers;
  private final CopyReader copies;
  private long bytes;

  /** A reader that has the heap mostly to itself, as in a command. */
  public ContentReader(NodeContext node, StorageClient storage) {
    this(node, storage, HEAP_SHARE);
  }

  /** A reader whose frames in flight take at most a share of the heap. */
  public ContentReader(NodeContext node, StorageClient storage, double heapShare) {
    this.node = node;
    this.transfers = TransferContext.of(node, storage, heapShare);
    this.copies = new CopyReader(node, transfers);
  }

  /** Plaintext that was read so far, bytes. */
  public long bytes() {
    return bytes;
  }

  /**
   * The size of a copy's content, where only the stored object is known. Fails as {@link
   * ContentProbe} does.
   */
  public Future<Long> size(Replica copy) {
    return ContentProbe.size(
        transfers, copy, node.config().requireLocation(copy.location()).keyring());
  }

  /** What a copy holds; fails where that could not be found out. */
  public Future<Reading> read(Replica copy, long contentSize) {
    return Retries.run(node.vertx(), RetryPolicy.BUS, () -> attempt(copy, contentSize))
        .recover(ContentReader::damage);
  }

  private Future<Reading> attempt(Replica copy, long contentSize) {
    MessageDigest digest = sha256();
    return stream(copy, contentSize, digest::update)
        .map(done -> Reading.content(HexFormat.of().formatHex(digest.digest())));
  }

  /** Hands a copy's content to a sink; fails where it cannot be read, or the sink fails. */
  public Future<Void> stream(Replica copy, long contentSize, Sink sink) {
    return copies.read(
        copy,
        contentSize,
        null,
        piece -> {
          bytes += piece.length();
          return node.cpu().executeBlocking(() -> handed(piece, sink), false);
        });
  }

  /** Takes authenticated content, in order, on a worker thread. */
  @FunctionalInterface
  public interface Sink {
    void take(byte[] bytes, int offset, int length);
  }

  private static Void handed(Piece piece, Sink sink) {
    try {
      sink.take(piece.array(), piece.offset(), piece.length());
      return null;
    } finally {
      piece.close();
    }
  }

  private static Future<Reading> damage(Throwable failure) {
    return Diagnosis.tells(failure)
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
