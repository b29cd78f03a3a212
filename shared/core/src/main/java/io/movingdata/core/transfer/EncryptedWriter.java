package io.movingdata.core.transfer;

import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.Appended;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.contract.StorageApi.OpenWrite;
import io.movingdata.core.contract.StorageApi.Put;
import io.movingdata.core.contract.StorageApi.WriteSession;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.security.FrameLayout;
import io.movingdata.core.security.FrameSealer;
import io.movingdata.core.storage.ByteBudget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/**
 * Writes content into an encrypted copy: seals frames on the CPU pool and pushes them to the
 * location's worker in order, with at most four frames on the way. Resumes where the provider's
 * durable bytes end, since every frame can be made again byte for byte. Belongs to one event-loop
 * context; {@link #write} is called with one frame after another, each once the one before is
 * accepted.
 */
public final class EncryptedWriter {
  private static final int MOST_ON_THE_WAY = 4;

  private final TransferContext context;
  private final WriteTarget target;
  private final FrameSealer sealer;
  private final WriteSession session;
  private final DurableListener listener;
  private final long resumedAt;
  private Future<?> sending = Future.succeededFuture();
  private Future<Void> listened = Future.succeededFuture();
  private ObjectStat stored;
  private long size;
  private int onTheWay;
  private Promise<Void> room;
  private Throwable failure;

  private EncryptedWriter(
      TransferContext context, WriteTarget target, WriteSession session, DurableListener listener) {
    this.context = context;
    this.target = target;
    this.session = session;
    this.listener = listener;
    this.sealer =
        new FrameSealer(target.cipherKey(), target.copyId(), target.createdAtS(), context.pool());
    this.resumedAt = session == null ? 0 : session.durable();
    this.size = resumedAt;
  }

  /**
   * Opens a copy for writing. A single token needs no session until its content is known.
   *
   * @param resumeToken where an earlier writer of the same copy stopped, null to begin
   */
  public static Future<EncryptedWriter> open(
      TransferContext context, WriteTarget target, String resumeToken, DurableListener listener) {
    if (target.format() == ObjectFormat.FERNET) {
      return Future.succeededFuture(new EncryptedWriter(context, target, null, listener));
    }
    OpenWrite request = new OpenWrite(target.key(), target.metadata(), true, resumeToken);
    return context
        .storage()
        .openWrite(target.location(), request)
        .compose(
            session -> {
              EncryptedWriter writer = new EncryptedWriter(context, target, session, listener);
              return listener
                  .durable(session.durable(), session.resumeToken())
                  .map(recorded -> writer);
            });
  }

  /** The frame to continue with: 0 at the start, the number of frames where all are durable. */
  public int firstFrame() {
    return FrameLayout.frameAtStored(resumedAt);
  }

  /** Stored bytes that were durable when the writer was opened. */
  public long resumedAt() {
    return resumedAt;
  }

  /** Writes a piece that was read; takes over its memory. */
  public Future<Void> write(Piece piece) {
    ByteBudget.Grant grant = piece.takeGrant();
    return write(piece.index(), piece.last(), piece.array(), piece.offset(), piece.length(), grant)
        .onComplete(done -> piece.close());
  }

  /**
   * Writes a frame's content: exactly a full frame, or the last one. The array may be used again
   * once the future completes.
   *
   * @param grant memory that is given back once the frame is durable; may be null
   * @return completes when the next frame may come
   */
  public Future<Void> write(
      int index, boolean last, byte[] content, int offset, int length, ByteBudget.Grant grant) {
    if (failure != null) {
      release(grant);
      return Future.failedFuture(failure);
    }
    onTheWay++;
    Future<byte[]> sealed =
        target.format() == ObjectFormat.FERNET
            ? context.onCpu(() -> sealer.sealSingle(content, offset, length))
            : context.onCpu(() -> sealer.seal(index, last, content, offset, length));
    sealed
        .compose(
            bytes ->
                target.format() == ObjectFormat.FERNET
                    ? storeSingle(bytes, grant)
                    : pushFrame(index, last, bytes, grant))
        .onFailure(
            cause -> {
              fail(cause);
              release(grant);
            });
    return sealed.compose(done -> roomBelow(MOST_ON_THE_WAY));
  }

  private Future<Void> storeSingle(byte[] token, ByteBudget.Grant grant) {
    size = token.length;
    Future<ObjectStat> stat =
        token.length <= StorageApi.SMALL
            ? Retries.run(context.vertx(), RetryPolicy.BUS, () -> put(token))
            : storeInSession(token);
    return stat.map(
        found -> {
          stored = found;
          context.pool().give(token);
          settled(grant);
          return null;
        });
  }

  private Future<ObjectStat> put(byte[] token) {
    Put request = new Put(target.key(), target.metadata());
    return context.storage().put(target.location(), request, Buffer.buffer(token));
  }

  private Future<ObjectStat> storeInSession(byte[] token) {
    OpenWrite request = new OpenWrite(target.key(), target.metadata(), false, null);
    return context
        .storage()
        .openWrite(target.location(), request)
        .compose(
            single -> {
              ChunkPush push =
                  new ChunkPush(context.storage(), single, token, 0, token.length, 0, true);
              return push.run()
                  .compose(handed -> push.durable())
                  .compose(durable -> context.storage().commit(single, token.length))
                  .onFailure(cause -> context.storage().close(single, true));
            });
  }

  private Future<Void> pushFrame(int index, boolean last, byte[] bytes, ByteBudget.Grant grant) {
    long start = FrameLayout.storedOffset(index);
    int skip = (int) Math.max(0, resumedAt - start);
    size = Math.max(size, start + bytes.length);
    if (skip >= bytes.length) {
      context.pool().give(bytes);
      settled(grant);
      return Future.succeededFuture();
    }
    ChunkPush push =
        new ChunkPush(context.storage(), session, bytes, skip, bytes.length, start, last);
    Future<Void> handed = sending.compose(before -> push.run());
    sending = handed;
    push.durable()
        .onComplete(
            ack -> {
              context.pool().give(bytes);
              settled(grant);
              tell(ack);
            },
            cause -> {
              release(grant);
              fail(cause);
            });
    return handed;
  }

  private void tell(Appended ack) {
    listened =
        listened
            .compose(told -> listener.durable(ack.durable(), ack.resumeToken()))
            .onFailure(this::fail);
  }

  private void settled(ByteBudget.Grant grant) {
    onTheWay--;
    release(grant);
    if (room != null) {
      Promise<Void> waiting = room;
      room = null;
      waiting.complete();
    }
  }

  private void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    if (room != null) {
      Promise<Void> waiting = room;
      room = null;
      waiting.fail(failure);
    }
  }

  private static void release(ByteBudget.Grant grant) {
    if (grant != null) {
      grant.release();
    }
  }

  private Future<Void> roomBelow(int most) {
    if (failure != null) {
      return Future.failedFuture(failure);
    }
    if (onTheWay < most) {
      return Future.succeededFuture();
    }
    room = Promise.promise();
    return room.future().compose(free -> roomBelow(most));
  }

  /** Completes the copy once every frame is durable, and compares what the provider stored. */
  public Future<StoredCopy> commit() {
    return roomBelow(1)
        .compose(durable -> listened)
        .compose(
            told ->
                session == null
                    ? Future.succeededFuture(stored)
                    : new CopyCommit(context, target, session).complete(size))
        .map(this::compared);
  }

  private StoredCopy compared(ObjectStat stat) {
    if (stat == null || stat.size() != size) {
      throw MovingDataException.of(
          ErrorCode.CHECKSUM_MISMATCH,
          "the provider stored " + (stat == null ? 0 : stat.size()) + " of " + size + " bytes");
    }
    return new StoredCopy(stat.size(), stat.etag(), stat.checksum());
  }

  /** Lets go of the session; what is durable can be resumed. */
  public void suspend() {
    fail(MovingDataException.of(ErrorCode.SESSION_LOST, "the writer is suspended"));
    if (session != null) {
      context.storage().close(session, false);
    }
  }
}
