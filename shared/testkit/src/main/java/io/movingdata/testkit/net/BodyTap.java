package io.movingdata.testkit.net;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** A body on its way: each piece is seen, and may be changed, as it passes. */
final class BodyTap implements ReadStream<Buffer> {
  private final ReadStream<Buffer> source;
  private final BodyChange change;

  BodyTap(ReadStream<Buffer> source, BodyChange change) {
    this.source = source;
    this.change = change;
  }

  @Override
  public BodyTap handler(Handler<Buffer> handler) {
    source.handler(
        handler == null
            ? null
            : bytes -> {
              if (!change.over()) {
                handler.handle(change.apply(bytes));
              }
            });
    return this;
  }

  @Override
  public BodyTap exceptionHandler(Handler<Throwable> handler) {
    source.exceptionHandler(handler);
    return this;
  }

  @Override
  public BodyTap endHandler(Handler<Void> handler) {
    source.endHandler(
        handler == null
            ? null
            : end -> {
              if (!change.over()) {
                handler.handle(null);
              }
            });
    return this;
  }

  @Override
  public BodyTap pause() {
    source.pause();
    return this;
  }

  @Override
  public BodyTap resume() {
    source.resume();
    return this;
  }

  @Override
  public BodyTap fetch(long amount) {
    source.fetch(amount);
    return this;
  }
}
