package io.movingdata.gateway.consistency;

import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.ReadSession;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** An object's bytes as they lie in the store, pulled as they are wanted; paused at first. */
final class StoredBytes implements ReadStream<Buffer> {
  private final StorageClient storage;
  private final ReadSession session;
  private final long size;
  private Handler<Buffer> handler;
  private Handler<Void> end;
  private Handler<Throwable> failed;
  private long demand;
  private long offset;
  private boolean busy;
  private boolean over;

  StoredBytes(StorageClient storage, ReadSession session, long size) {
    this.storage = storage;
    this.session = session;
    this.size = size;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(Handler<Throwable> to) {
    failed = to;
    return this;
  }

  @Override
  public ReadStream<Buffer> handler(Handler<Buffer> to) {
    handler = to;
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(Handler<Void> to) {
    end = to;
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    demand = 0;
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    demand = amount > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + amount;
    pull();
    return this;
  }

  private void pull() {
    if (busy || over || demand == 0 || handler == null) {
      return;
    }
    if (offset == size) {
      over = true;
      end.handle(null);
      return;
    }
    busy = true;
    storage
        .next(session, offset, (int) Math.min(StorageApi.CHUNK, size - offset))
        .onComplete(this::piece, this::fail);
  }

  private void piece(Buffer piece) {
    busy = false;
    if (piece.length() == 0) {
      fail(MovingDataException.of(ErrorCode.CHECKSUM_MISMATCH, "the object ends early"));
      return;
    }
    offset += piece.length();
    demand -= demand == Long.MAX_VALUE ? 0 : 1;
    if (handler != null) {
      handler.handle(piece);
    }
    pull();
  }

  private void fail(Throwable failure) {
    busy = false;
    over = true;
    failed.handle(failure);
  }
}
