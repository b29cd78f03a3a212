package io.movingdata.gateway.content;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.transfer.Piece;
import io.movingdata.gateway.http.Call;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Writes authenticated content to a client at the client's pace. Whatever goes wrong once the head
 * is out cuts the connection: a client never takes a part for the whole.
 */
final class ContentPump {
  private static final int SLICE = 64 * 1024;
  private static final int QUEUE = 256 * 1024;
  private static final long STALL_MS = 30_000;

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final ContentReader reader;
  private final long length;
  private final Promise<Void> done = Promise.promise();
  private Piece piece;
  private int at;
  private long sent;
  private long stallTimer = -1;

  ContentPump(Vertx vertx, Call call, ContentReader reader, long length) {
    this.vertx = vertx;
    this.response = call.response();
    this.reader = reader;
    this.length = length;
    response.setWriteQueueMaxSize(QUEUE);
    call.onEnd(() -> stop(gone()));
  }

  private static MovingDataException gone() {
    return MovingDataException.of(ErrorCode.SESSION_LOST, "the client is gone");
  }

  /** Sends everything from a first piece on; fails where the connection had to be cut. */
  Future<Void> run(Piece first) {
    piece = first;
    response.drainHandler(drained -> resumed());
    push();
    return done.future();
  }

  private void resumed() {
    if (stallTimer >= 0) {
      vertx.cancelTimer(stallTimer);
      stallTimer = -1;
      push();
    }
  }

  private void push() {
    while (!done.future().isComplete() && piece != null) {
      if (response.writeQueueFull()) {
        stallTimer = vertx.setTimer(STALL_MS, fired -> cut(gone()));
        return;
      }
      if (at == piece.length()) {
        nextPiece();
        return;
      }
      int size = Math.min(SLICE, piece.length() - at);
      response.write(Buffer.buffer(size).appendBytes(piece.array(), piece.offset() + at, size));
      at += size;
      sent += size;
    }
    if (piece == null && !done.future().isComplete()) {
      finish();
    }
  }

  private void nextPiece() {
    piece.close();
    piece = null;
    at = 0;
    reader.next().onComplete(this::arrived, this::cut);
  }

  private void arrived(Piece next) {
    if (done.future().isComplete()) {
      if (next != null) {
        next.close();
      }
      return;
    }
    piece = next;
    push();
  }

  private void finish() {
    if (sent != length) {
      cut(MovingDataException.of(ErrorCode.CORRUPT_OBJECT, "the content ended early"));
      return;
    }
    stop(null);
    response.end();
  }

  private void cut(Throwable failure) {
    if (!done.future().isComplete()) {
      response.reset();
      stop(failure);
    }
  }

  private void stop(Throwable failure) {
    if (done.future().isComplete()) {
      return;
    }
    vertx.cancelTimer(stallTimer);
    stallTimer = -1;
    if (failure == null) {
      done.complete();
    } else {
      done.fail(failure);
    }
    reader.close();
    if (piece != null) {
      piece.close();
      piece = null;
    }
  }
}
