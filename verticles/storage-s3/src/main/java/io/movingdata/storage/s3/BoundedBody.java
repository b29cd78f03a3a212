package io.movingdata.storage.s3;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/** Collects an answer in memory, and fails when a server sends more than any answer has. */
final class BoundedBody implements WriteStream<Buffer> {
  private final int limit;
  private final Buffer collected = Buffer.buffer();

  BoundedBody(int limit) {
    this.limit = limit;
  }

  /** What came. */
  Buffer bytes() {
    return collected;
  }

  @Override
  public Future<Void> write(Buffer data) {
    if (collected.length() + data.length() > limit) {
      return Future.failedFuture("the answer is longer than " + limit + " bytes");
    }
    collected.appendBuffer(data);
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
