package io.movingdata.storage.s3;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * A buffer as a stream of small slices, so that a large body is written at the network's pace and a
 * connection that makes no progress is told from one that is slow.
 */
final class Slices implements ReadStream<Buffer> {
  private static final int SLICE = 128 * 1024;

  private final Buffer bytes;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private int position;
  private long demand = Long.MAX_VALUE;
  private boolean flowing;
  private boolean ended;

  Slices(Buffer bytes) {
    this.bytes = bytes;
  }

  @Override
  public Slices handler(Handler<Buffer> sliceHandler) {
    handler = sliceHandler;
    flow();
    return this;
  }

  @Override
  public Slices pause() {
    demand = 0;
    return this;
  }

  @Override
  public Slices resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public Slices fetch(long amount) {
    demand = demand > Long.MAX_VALUE - amount ? Long.MAX_VALUE : demand + amount;
    flow();
    return this;
  }

  @Override
  public Slices endHandler(Handler<Void> handlerOfEnd) {
    endHandler = handlerOfEnd;
    return this;
  }

  @Override
  public Slices exceptionHandler(Handler<Throwable> ignored) {
    return this;
  }

  private void flow() {
    if (flowing) {
      return;
    }
    flowing = true;
    while (handler != null && demand > 0 && position < bytes.length()) {
      demand = demand == Long.MAX_VALUE ? demand : demand - 1;
      int end = Math.min(bytes.length(), position + SLICE);
      Buffer slice = bytes.slice(position, end);
      position = end;
      handler.handle(slice);
    }
    flowing = false;
    if (position == bytes.length() && demand > 0 && endHandler != null && !ended) {
      ended = true;
      endHandler.handle(null);
    }
  }
}
