package io.movingdata.testkit.net;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;

/** One direction of one connection: bytes in order, with the faults that were set for it. */
final class FaultyLink {
  private static final long MILLIS = 1000;

  private final Vertx vertx;
  private final NetSocket from;
  private final NetSocket to;
  private final LinkFaults faults;
  private Future<Void> earlier = Future.succeededFuture();
  private long passed;

  FaultyLink(Vertx vertx, NetSocket from, NetSocket to, LinkFaults faults) {
    this.vertx = vertx;
    this.from = from;
    this.to = to;
    this.faults = faults;
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
            .compose(v -> delay(bytes.length()))
            .compose(v -> pass(bytes))
            .onSuccess(v -> from.resume())
            .onFailure(failure -> from.close());
  }

  private Future<Void> delay(int length) {
    long slow =
        faults.bytesPerSecond() == 0 ? 0 : Math.max(1, length * MILLIS / faults.bytesPerSecond());
    long wait = faults.latencyMs() + slow;
    return wait == 0
        ? Future.succeededFuture()
        : vertx.timer(wait, TimeUnit.MILLISECONDS).mapEmpty();
  }

  private Future<Void> pass(Buffer bytes) {
    Buffer passing = damaged(bytes);
    long left = faults.cutAfter() < 0 ? Long.MAX_VALUE : faults.cutAfter() - passed;
    if (passing.length() < left) {
      passed += passing.length();
      return to.write(passing);
    }
    passed += left;
    return to.write(passing.getBuffer(0, (int) left)).eventually(to::close);
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
