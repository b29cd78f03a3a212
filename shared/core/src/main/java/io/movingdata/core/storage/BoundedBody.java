package io.movingdata.core.storage;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/**
 * Collects an answer in memory, and fails when a server sends more than any answer has, or drop by
 * drop.
 */
public final class BoundedBody implements WriteStream<Buffer> {
  private final int limit;
  private final ProgressFloor floor;
  private final Buffer collected = Buffer.buffer();
  private long waitingSince;

  /**
   * For one answer.
   *
   * @param limit its most bytes
   * @param floor the slowest that it may come, from its first byte on
   */
  public BoundedBody(int limit, ProgressFloor floor) {
    this.limit = limit;
    this.floor = floor;
  }

  /** What came. */
  public Buffer bytes() {
    return collected;
  }

  @Override
  public Future<Void> write(Buffer data) {
    if (collected.length() + data.length() > limit) {
      return Future.failedFuture("the answer is longer than " + limit + " bytes");
    }
    long now = System.nanoTime();
    floor.moved(collected.length() == 0 ? 0 : now - waitingSince, data.length());
    waitingSince = now;
    collected.appendBuffer(data);
    if (floor.exhausted()) {
      return Future.failedFuture("the answer comes too slowly");
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> end() {
    return Future.succeededFuture();
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public BoundedBody exceptionHandler(Handler<Throwable> handler) {
    return this;
  }

  @Override
  public BoundedBody setWriteQueueMaxSize(int maxSize) {
    return this;
  }

  @Override
  public BoundedBody drainHandler(Handler<Void> handler) {
    return this;
  }
}
