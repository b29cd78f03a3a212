package io.movingdata.core.transfer;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.FernetKey;
import io.movingdata.core.security.FrameOpener;
import io.movingdata.core.security.FrameRange;
import io.movingdata.core.security.Keyring;
import io.movingdata.core.security.ObjectLayout;
import io.movingdata.core.security.OpenedFrame;
import io.movingdata.core.security.UnknownKeyException;
import io.movingdata.core.storage.ByteBudget;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads content out of an encrypted copy: pulls the frames of a range in order, authenticates each
 * on the CPU pool before any of it is handed out, and stays one frame ahead. Fails with {@code
 * CORRUPT_OBJECT} where the stored bytes are not what was written, with {@code KEY_MISSING}, or
 * with the worker's failure. Belongs to one event-loop context; only one {@link #next()} at a time.
 */
public final class EncryptedReader {
  private static final int AHEAD = 2;

  private final TransferContext context;
  private final Replica replica;
  private final ObjectLayout layout;
  private final FrameOpener opener;
  private final ContentDigest digest;
  private final long from;
  private final long to;
  private final FrameRange frames;
  private final StoredFrames stored;
  private final Deque<Future<Piece>> ahead = new ArrayDeque<>();
  private Future<?> fetching = Future.succeededFuture();
  private Future<?> earlier = Future.succeededFuture();
  private int nextIndex;
  private boolean closed;
  private Throwable failure;

  private EncryptedReader(
      TransferContext context,
      Replica replica,
      ObjectLayout layout,
      FrameOpener opener,
      ContentDigest digest,
      long from,
      long to) {
    this.context = context;
    this.replica = replica;
    this.layout = layout;
    this.opener = opener;
    this.digest = digest;
    this.from = from;
    this.to = to;
    this.frames = framesOf(layout, from, to);
    this.stored = new StoredFrames(context, replica, layout, frames);
    this.nextIndex = frames == null ? 0 : frames.first();
  }

  private static FrameRange framesOf(ObjectLayout layout, long from, long to) {
    if (layout.contentSize() == 0) {
      return new FrameRange(0, 0, 0, 0, layout.storedSize());
    }
    return to <= from ? null : layout.framesOf(from, to - 1);
  }

  /**
   * A reader of a range of a copy's content.
   *
   * @param contentSize the whole content's size in bytes
   * @param sha256 the whole content's SHA-256 in lower-case hexadecimal, compared before the last
   *     piece of a whole read is handed out; null to compare nothing
   * @param offset first byte of the range
   * @param length bytes of the range
   */
  public static EncryptedReader open(
      TransferContext context,
      Replica replica,
      Keyring keyring,
      long contentSize,
      String sha256,
      long offset,
      long length) {
    ObjectLayout layout = new ObjectLayout(contentSize);
    if (layout.format() != replica.format() || layout.storedSize() != replica.bytes()) {
      throw MovingDataException.of(
          ErrorCode.CORRUPT_OBJECT, "the copy's format or size does not fit its content's size");
    }
    FrameOpener opener =
        new FrameOpener(key(replica, keyring), new CopyId(replica.copyId()), context.pool());
    boolean whole = offset == 0 && length == contentSize && sha256 != null;
    ContentDigest digest = whole ? new ContentDigest(sha256) : null;
    return new EncryptedReader(context, replica, layout, opener, digest, offset, offset + length);
  }

  private static FernetKey key(Replica replica, Keyring keyring) {
    try {
      return keyring.require(replica.keyId());
    } catch (UnknownKeyException unknown) {
      throw MovingDataException.of(ErrorCode.KEY_MISSING, unknown.getMessage(), unknown);
    }
  }

  /**
   * The next piece, in order, or null after the last. Whoever gets a piece closes it. After a
   * failure there is no other outcome any more, so that no frame is ever left out.
   */
  public Future<Piece> next() {
    if (failure != null) {
      return Future.failedFuture(failure);
    }
    readAhead();
    Future<Piece> first = ahead.poll();
    if (first == null) {
      return Future.succeededFuture();
    }
    return first.onSuccess(piece -> readAhead()).onFailure(cause -> failure = cause);
  }

  private void readAhead() {
    while (!closed && frames != null && ahead.size() < AHEAD && nextIndex <= frames.last()) {
      ahead.add(load(nextIndex++));
    }
  }

  private Future<Piece> load(int index) {
    long cost = 2L * layout.storedLength(index) + layout.contentLength(index);
    Future<Fetched> fetched =
        fetching.transform(before -> context.memory(cost)).compose(grant -> fetch(index, grant));
    fetching = fetched.transform(done -> Future.succeededFuture());
    Future<Piece> opened = fetched.compose(bytes -> open(index, bytes));
    // A short frame is opened sooner than the long one before it, but digested after it.
    Future<Piece> piece = earlier.transform(before -> opened).compose(this::digested);
    earlier = piece;
    return piece;
  }

  /** Stored bytes of a frame, and the memory granted for what becomes of them. */
  private static final class Fetched {
    final byte[] bytes;
    final ByteBudget.Grant grant;

    Fetched(byte[] bytes, ByteBudget.Grant grant) {
      this.bytes = bytes;
      this.grant = grant;
    }
  }

  private Future<Fetched> fetch(int index, ByteBudget.Grant grant) {
    if (closed) {
      grant.release();
      return Future.failedFuture(closedFailure());
    }
    return stored
        .fetch(index)
        .map(bytes -> new Fetched(bytes, grant))
        .onFailure(failure -> grant.release());
  }

  private Future<Piece> open(int index, Fetched fetched) {
    return context
        .onCpu(() -> authenticate(index, fetched.bytes))
        .map(frame -> cut(frame, fetched.grant))
        .onComplete(
            piece -> context.pool().give(fetched.bytes), failure -> fetched.grant.release());
  }

  private OpenedFrame authenticate(int index, byte[] bytes) {
    try {
      return replica.format() == ObjectFormat.FERNET
          ? opener.openSingle(bytes)
          : opener.open(index, bytes).requireLast(layout.isLast(index));
    } catch (RuntimeException damaged) {
      throw MovingDataException.of(
          ErrorCode.CORRUPT_OBJECT,
          "frame " + index + " of the copy at " + replica.location() + " fails authentication",
          damaged);
    }
  }

  private Piece cut(OpenedFrame frame, ByteBudget.Grant grant) {
    int index = frame.index();
    if (frame.length() != layout.contentLength(index)) {
      frame.close();
      throw MovingDataException.of(
          ErrorCode.CORRUPT_OBJECT, "frame " + index + " has another length than it must have");
    }
    long start = layout.contentOffset(index);
    long end = start + frame.length();
    int skip = (int) Math.max(0, from - start);
    int length = (int) (Math.min(end, to) - start - skip);
    return new Piece(frame, skip, length, start + skip, grant);
  }

  private Future<Piece> digested(Piece piece) {
    if (digest == null) {
      return Future.succeededFuture(piece);
    }
    return digest.update(context, piece).map(done -> piece).onFailure(failure -> piece.close());
  }

  private static MovingDataException closedFailure() {
    return MovingDataException.of(ErrorCode.SESSION_LOST, "the reader is closed");
  }

  /** Stops reading and gives everything back. Harmless to repeat. */
  public void close() {
    closed = true;
    failure = failure == null ? closedFailure() : failure;
    ahead.forEach(piece -> piece.onSuccess(Piece::close));
    ahead.clear();
    stored.close();
  }
}
