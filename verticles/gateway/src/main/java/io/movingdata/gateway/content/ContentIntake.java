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
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final long WINDOW_NANOS = 15_000_000_000L;
  private static final long LEAST_BYTES = 8 * 1024;
  private static final long LOOK_MS = 5_000;
  private static final long RETRY_MS = 5_000;

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
  private boolean granted;
  private long windowStart;
  private long windowBytes;

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
                failure instanceof MovingDataException known
                    ? known
                    : MovingDataException.of(
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
      body.fetch(1);
    }
  }

  /** A client that sends next to nothing does not keep memory; nor does one wait for it forever. */
  private void lookForStall() {
    long elapsed = System.nanoTime() - windowStart;
    if (elapsed < (granted ? WINDOW_NANOS : PATIENCE_NANOS)) {
      return;
    }
    if (!granted) {
      fail(
          MovingDataException.of(ErrorCode.OVERLOADED, "too many uploads at once")
              .withRetryAfterMs(RETRY_MS));
    } else if (waiting && windowBytes < LEAST_BYTES) {
      fail(MovingDataException.of(ErrorCode.INVALID_REQUEST, "the body stalled"));
    } else {
      newWindow();
    }
  }

  private void newWindow() {
    windowStart = System.nanoTime();
    windowBytes = 0;
  }

  /** Makes room for the next frame. */
  private Future<Void> begin() {
    granted = false;
    newWindow();
    int capacity = FrameLayout.contentCapacity(index);
    long expected = announced < 0 ? capacity : Math.min(capacity, announced - received);
    return context
        .memory(expected * COST)
        .map(
            given -> {
              if (done.future().isComplete()) {
                given.release();
                throw MovingDataException.of(ErrorCode.SESSION_LOST, "the upload is over");
              }
              grant = given;
              granted = true;
              newWindow();
              long hint = announced < 0 ? -1 : expected;
              frame = new FrameBuffer(context.pool(), capacity, hint);
              return null;
            });
  }

  private void piece(Buffer piece) {
    waiting = false;
    received += piece.length();
    windowBytes += piece.length();
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
