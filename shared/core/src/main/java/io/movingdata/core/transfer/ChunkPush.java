package io.movingdata.core.transfer;

import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.Appended;
import io.movingdata.core.contract.StorageApi.WriteSession;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** Pushes one frame's stored bytes into a write session, a fixed number of requests in flight. */
final class ChunkPush {
  private static final int IN_FLIGHT = 4;

  private final StorageClient storage;
  private final WriteSession session;
  private final byte[] bytes;
  private final int length;
  private final long start;
  private final boolean last;
  private final Promise<Void> handed = Promise.promise();
  private final Promise<Appended> durable = Promise.promise();
  private int sent;
  private int outstanding;

  /**
   * A push of {@code bytes} from {@code skip} on.
   *
   * @param start offset of the first byte of {@code bytes} in the stored object
   */
  ChunkPush(
      StorageClient storage,
      WriteSession session,
      byte[] bytes,
      int skip,
      int length,
      long start,
      boolean last) {
    this.storage = storage;
    this.session = session;
    this.bytes = bytes;
    this.sent = skip;
    this.length = length;
    this.start = start;
    this.last = last;
  }

  /** Begins; completes when every chunk but the part's last is acknowledged as buffered. */
  Future<Void> run() {
    push();
    return handed.future();
  }

  /** Completes when the provider holds the part. */
  Future<Appended> durable() {
    return durable.future();
  }

  private void push() {
    while (outstanding < IN_FLIGHT && sent < length && !durable.future().failed()) {
      int from = sent;
      int to = Math.min(length, from + StorageApi.CHUNK);
      boolean end = to == length;
      sent = to;
      Buffer chunk = Buffer.buffer(to - from).appendBytes(bytes, from, to - from);
      if (end) {
        storage
            .append(session, start + from, chunk, true, last)
            .onComplete(durable::tryComplete, this::fail);
        handed.tryComplete();
      } else {
        outstanding++;
        storage
            .append(session, start + from, chunk, false, false)
            .onComplete(
                ack -> {
                  outstanding--;
                  push();
                },
                this::fail);
      }
    }
  }

  private void fail(Throwable failure) {
    durable.tryFail(failure);
    handed.tryFail(failure);
  }
}
