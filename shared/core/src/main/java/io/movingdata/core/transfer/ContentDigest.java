package io.movingdata.core.transfer;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of content that passes in pieces, in order, compared before its last piece goes on.
 */
final class ContentDigest {
  private final String expected;
  private final MessageDigest sha256;
  private Future<Void> before = Future.succeededFuture();

  ContentDigest(String expected) {
    this.expected = expected;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Takes a piece after all earlier ones; fails with {@code CORRUPT_OBJECT} at a wrong end. */
  Future<Void> update(TransferContext context, Piece piece) {
    before = before.compose(done -> context.onCpu(() -> digest(piece)));
    return before;
  }

  private Void digest(Piece piece) {
    sha256.update(piece.array(), piece.offset(), piece.length());
    if (piece.last()) {
      String found = HexFormat.of().formatHex(sha256.digest());
      if (!found.equals(expected)) {
        throw MovingDataException.of(
            ErrorCode.CORRUPT_OBJECT, "the content's SHA-256 is not the recorded one");
      }
    }
    return null;
  }
}
