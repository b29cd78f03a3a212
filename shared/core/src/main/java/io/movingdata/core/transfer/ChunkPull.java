package io.movingdata.core.transfer;

import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.ReadSession;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** Pulls one run of stored bytes into an array, a fixed number of requests in flight. */
public final class ChunkPull {
  private static final int IN_FLIGHT = 4;

  private final StorageClient storage;
  private final ReadSession session;
  private final long start;
  private final byte[] into;
  private final int length;
  private final Promise<Void> done = Promise.promise();
  private int asked;
  private int received;
  private int outstanding;

  public ChunkPull(
      StorageClient storage, ReadSession session, long start, byte[] into, int length) {
    this.storage = storage;
    this.session = session;
    this.start = start;
    this.into = into;
    this.length = length;
  }

  /** Completes once the array is full and no answer is under way any more. */
  public Future<Void> run() {
    ask();
    return done.future();
  }

  private void ask() {
    while (outstanding < IN_FLIGHT && asked < length && !done.future().isComplete()) {
      int at = asked;
      int wanted = Math.min(StorageApi.CHUNK, length - at);
      asked += wanted;
      outstanding++;
      storage
          .next(session, start + at, wanted)
          .onComplete(chunk -> take(at, wanted, chunk), this::fail);
    }
  }

  private void take(int at, int wanted, Buffer chunk) {
    outstanding--;
    if (done.future().isComplete()) {
      return;
    }
    if (chunk.length() != wanted) {
      done.tryFail(
          MovingDataException.of(
              ErrorCode.CORRUPT_OBJECT, "the stored object is shorter than it must be"));
      return;
    }
    chunk.getBytes(into, at);
    received += wanted;
    if (received == length) {
      done.tryComplete();
    } else {
      ask();
    }
  }

  private void fail(Throwable failure) {
    outstanding--;
    done.tryFail(failure);
  }
}
