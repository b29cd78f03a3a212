package io.movingdata.testkit.net;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;

/** One direction of one connection: bytes in order, with the faults that were set for it. */
final class FaultyLink {
  private static final long SECOND = 1000;

  /** A slow link passes a piece this often: it trickles, and never stalls. */
  private static final long PIECES_PER_SECOND = 20;

  private final Vertx vertx;
  private final NetSocket from;
  private final NetSocket to;
  private final LinkFaults faults;
  private final LinkGate gate;
  private Future<Void> earlier = Future.succeededFuture();
  private long passed;

  FaultyLink(Vertx vertx, NetSocket from, NetSocket to, LinkFaults faults, LinkGate gate) {
    this.vertx = vertx;
    this.from = from;
    this.to = to;
    this.faults = faults;
    this.gate = gate;
  }

  void open(Runnable closed) {
    from.handler(this::arrived);
    from.closeHandler(v -> closed.run());
    from.endHandler(v -> earlier.onComplete(passedOn -> to.close()));
    from.resume();
  }

  private void arrived(Buffer bytes) {
    if (faults.silent()) {
      return;
    }
    from.pause();
    earlier =
        earlier
            .compose(v -> after(faults.latencyMs()))
            .compose(v -> gate.admits(bytes) ? pass(bytes) : reset())
            .onSuccess(v -> from.resume())
            .onFailure(failure -> from.close());
  }

  private Future<Void> reset() {
    Resets.reset(from);
    Resets.reset(to);
    return Future.failedFuture("the proxy reset the connection");
  }

  private Future<Void> pass(Buffer bytes) {
    if (faults.bytesPerSecond() == 0) {
      return gate.open().compose(v -> passPiece(bytes));
    }
    long most = Math.max(1, faults.bytesPerSecond() / PIECES_PER_SECOND);
    int length = (int) Math.min(most, bytes.length());
    Future<Void> piece =
        after(Math.max(1, length * SECOND / faults.bytesPerSecond()))
            .compose(v -> gate.open())
            .compose(v -> passPiece(bytes.getBuffer(0, length)));
    return length == bytes.length()
        ? piece
        : piece.compose(v -> pass(bytes.getBuffer(length, bytes.length())));
  }

  private Future<Void> after(long milliseconds) {
    return milliseconds == 0
        ? Future.succeededFuture()
        : vertx.timer(milliseconds, TimeUnit.MILLISECONDS).mapEmpty();
  }

  private Future<Void> passPiece(Buffer bytes) {
    Buffer passing = damaged(bytes);
    long left = faults.cutAfter() < 0 ? Long.MAX_VALUE : faults.cutAfter() - passed;
    boolean cut = passing.length() >= left;
    int length = cut ? (int) left : passing.length();
    passed += length;
    gate.passed(length);
    return cut ? to.write(passing.getBuffer(0, length)).eventually(to::close) : to.write(passing);
  }

  private Buffer damaged(Buffer bytes) {
    long at = faults.flipAt() - passed;
    if (faults.flipAt() < 0 || at < 0 || at >= bytes.length()) {
      return bytes;
    }
    Buffer changed = bytes.copy();
    return changed.setByte((int) at, (byte) (bytes.getByte((int) at) ^ 1));
  }
}
