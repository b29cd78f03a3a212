package io.movingdata.core.transfer;

import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.OpenRead;
import io.movingdata.core.contract.StorageApi.ReadSession;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.security.FrameRange;
import io.movingdata.core.security.ObjectLayout;
import io.vertx.core.Future;

/**
 * The stored bytes of a copy's frames, fetched in order: a small single token by one request, all
 * else in a session that is opened again where a frame is tried again. Belongs to one event-loop
 * context; one {@link #fetch} at a time.
 */
final class StoredFrames {
  private static final RetryPolicy FRAME = new RetryPolicy(3, 100, 1_000);

  private final TransferContext context;
  private final Replica replica;
  private final ObjectLayout layout;
  private final FrameRange frames;
  private Future<ReadSession> session;
  private boolean closed;

  StoredFrames(TransferContext context, Replica replica, ObjectLayout layout, FrameRange frames) {
    this.context = context;
    this.replica = replica;
    this.layout = layout;
    this.frames = frames;
  }

  /** A frame's bytes, in an array of the context's pool or of their own. */
  Future<byte[]> fetch(int index) {
    return Retries.run(context.vertx(), FRAME, this::worthAnotherTry, () -> fetchOnce(index));
  }

  private boolean worthAnotherTry(Throwable failure) {
    return !closed && MovingDataException.isRetryable(failure);
  }

  private Future<byte[]> fetchOnce(int index) {
    int length = layout.storedLength(index);
    if (replica.format() == ObjectFormat.FERNET && length <= StorageApi.SMALL) {
      return context
          .storage()
          .get(replica.location(), replica.key())
          .map(small -> sized(small.body().getBytes(), length));
    }
    byte[] into = context.pool().take(length);
    long start = layout.storedOffset(index);
    return session(start)
        .compose(open -> new ChunkPull(context.storage(), open, start, into, length).run())
        .map(done -> into)
        .onFailure(
            failure -> {
              context.pool().give(into);
              closeSession();
            });
  }

  private static byte[] sized(byte[] bytes, int length) {
    if (bytes.length != length) {
      throw wrongSize();
    }
    return bytes;
  }

  private static MovingDataException wrongSize() {
    return MovingDataException.of(
        ErrorCode.CORRUPT_OBJECT, "the stored object has another size than it must have");
  }

  private Future<ReadSession> session(long start) {
    if (session == null) {
      long end = frames.storedOffset() + frames.storedLength();
      OpenRead request = new OpenRead(replica.key(), start, end - start, null);
      session =
          context
              .storage()
              .openRead(replica.location(), request)
              .map(
                  opened -> {
                    if (opened.stat().size() != replica.bytes()) {
                      throw wrongSize();
                    }
                    return opened;
                  });
    }
    return session;
  }

  private void closeSession() {
    if (session != null) {
      session.onSuccess(open -> context.storage().close(open));
      session = null;
    }
  }

  /** Fetches nothing more. Harmless to repeat. */
  void close() {
    closed = true;
    closeSession();
  }
}
