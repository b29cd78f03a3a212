package io.movingdata.core.transfer;

import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.vertx.core.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads the content of copies from end to end, each frame authenticated. */
public final class CopyReader {
  private final NodeContext node;
  private final TransferContext context;

  public CopyReader(NodeContext node, TransferContext context) {
    this.node = node;
    this.context = context;
  }

  /**
   * Reads a copy whole and compares the content's SHA-256 with the file's. Fails as {@link
   * EncryptedReader} does: what {@link Diagnosis#tells} is said of the copy.
   *
   * @param listener hears of each piece; where it throws, reading ends with that
   */
  public Future<Void> readBack(FileRecord file, Replica copy, Consumer<Piece> listener) {
    return read(
        copy,
        file.sizeBytes(),
        file.sha256(),
        piece -> {
          try {
            listener.accept(piece);
          } finally {
            piece.close();
          }
          return Future.succeededFuture();
        });
  }

  /**
   * Hands the whole content to a sink, in order.
   *
   * @param sha256 of the content, null to compare nothing
   * @param sink closes what it gets; is asked again when it has done with that
   */
  public Future<Void> read(
      Replica copy, long contentSize, String sha256, Function<Piece, Future<Void>> sink) {
    EncryptedReader reader;
    try {
      reader =
          EncryptedReader.open(
              context.between(copy.location()),
              copy,
              node.config().requireLocation(copy.location()).keyring(),
              contentSize,
              sha256,
              0,
              contentSize);
    } catch (MovingDataException unreadable) {
      return Future.failedFuture(unreadable);
    }
    return drain(reader, sink).onComplete(done -> reader.close());
  }

  private static Future<Void> drain(EncryptedReader reader, Function<Piece, Future<Void>> sink) {
    return reader
        .next()
        .compose(
            piece ->
                piece == null
                    ? Future.succeededFuture()
                    : sink.apply(piece).compose(done -> drain(reader, sink)));
  }
}
