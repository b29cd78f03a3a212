package io.movingdata.gateway.content;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.security.FrameLayout;
import io.movingdata.core.storage.ByteBudget;
import io.movingdata.core.transfer.TransferContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * Reads a body piece by piece into frames. The next piece is asked for only when the one before has
 * found room, so that a slow provider slows the client down and nothing piles up.
 */
final class ContentIntake {
  private static final long STALL_MS = 30_000;
  private static final long LOOK_MS = 5_000;

  /** A frame in memory: its content, its stored bytes, and their copy on the way. */
  private static final int COST = 4;

  private final TransferContext context;
  private final ReadStream<Buffer> body;
  private final long announced;
  private final long most;
  private final ContentHash hash;
  private final FrameSink sink;
  private final Promise<Void> done = Promise.promise();
  private FrameBuffer frame;
  private ByteBudget.Grant grant;
  private int index;
  private long received;
  private boolean waiting;
  private long waitingSince;

  ContentIntake(
      TransferContext context,
      ReadStream<Buffer> body,
      long announced,
      long most,
      ContentHash hash,
      FrameSink sink) {
    this.context = context;
    this.body = body;
    this.announced = announced;
    this.most = most;
    this.hash = hash;
    this.sink = sink;
  }

  /** Plaintext bytes received so far. */
  long received() {
    return received;
  }

  /** Reads all; completes when every frame but the last has been handed on, and the last too. */
  Future<Void> run() {
    body.pause();
    long timer = context.vertx().setPeriodic(LOOK_MS, fired -> lookForStall());
    body.exceptionHandler(
        failure ->
            fail(
                MovingDataException.of(
                    ErrorCode.INVALID_REQUEST, "the body ended early", failure)));
    body.handler(this::piece);
    body.endHandler(end -> ended());
    begin().onComplete(ready -> more(), this::fail);
    return done.future()
        .onComplete(
            over -> {
              context.vertx().cancelTimer(timer);
              body.pause();
              body.handler(null);
            })
        .onFailure(failure -> drop());
  }

  private void more() {
    if (!done.future().isComplete()) {
      waiting = true;
      waitingSince = System.nanoTime();
      body.fetch(1);
    }
  }

  private void lookForStall() {
    if (waiting && System.nanoTime() - waitingSince > STALL_MS * 1_000_000) {
      fail(MovingDataException.of(ErrorCode.INVALID_REQUEST, "the body stalled"));
    }
  }

  /** Makes room for the next frame. */
  private Future<Void> begin() {
    int capacity = FrameLayout.contentCapacity(index);
    long expected = announced < 0 ? capacity : Math.min(capacity, announced - received);
    return context
        .budget()
        .acquire(expected * COST)
        .map(
            granted -> {
              if (done.future().isComplete()) {
                granted.release();
                throw MovingDataException.of(ErrorCode.SESSION_LOST, "the upload is over");
              }
              grant = granted;
              long hint = announced < 0 ? -1 : expected;
              frame = new FrameBuffer(context.pool(), capacity, hint);
              return null;
            });
  }

  private void piece(Buffer piece) {
    waiting = false;
    received += piece.length();
    if (received > most) {
      fail(MovingDataException.of(ErrorCode.TOO_LARGE, "more than " + most + " bytes"));
      return;
    }
    hash.update(piece);
    store(piece, 0).onComplete(stored -> more(), this::fail);
  }

  private Future<Void> store(Buffer piece, int offset) {
    if (done.future().isComplete()) {
      return Future.succeededFuture();
    }
    int taken = frame.take(piece, offset);
    if (offset + taken == piece.length()) {
      return Future.succeededFuture();
    }
    // Only now is it known that the full frame is not the last.
    return hand(false).compose(handed -> begin()).compose(ready -> store(piece, offset + taken));
  }

  private Future<Void> hand(boolean last) {
    FrameBuffer full = frame;
    ByteBudget.Grant held = grant;
    frame = null;
    grant = null;
    return sink.frame(index++, last, full, held).onComplete(over -> full.release());
  }

  private void ended() {
    waiting = false;
    if (!done.future().isComplete()) {
      hand(true).onComplete(done::tryComplete, this::fail);
    }
  }

  private void fail(Throwable failure) {
    done.tryFail(failure);
  }

  private void drop() {
    if (grant != null) {
      grant.release();
      grant = null;
      frame = null;
    }
  }
}
