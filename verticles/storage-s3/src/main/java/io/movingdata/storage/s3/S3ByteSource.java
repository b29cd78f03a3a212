package io.movingdata.storage.s3;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.core.storage.ProgressFloor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.util.function.Function;

/**
 * A download, pulled. It reads ahead by a small window, counts every byte against what the server
 * announced, and fails when the server ends early, sends more, or too little for too long while
 * somebody waits. A reader may take as long as it likes.
 */
final class S3ByteSource implements ByteSource {
  private static final int WINDOW = 512 * 1024;

  /**
   * The end of a download is taken as it comes: a connection goes back to its pool as soon as the
   * end has arrived, even while it is paused, and would be silent to whoever gets it next.
   */
  private static final int TAIL = 256 * 1024;

  private final Vertx vertx;
  private final Context context;
  private final HttpClientResponse response;
  private final ObjectStat stat;
  private final long announced;
  private final ProgressFloor floor;
  private final Function<Throwable, MovingDataException> failing;

  private Buffer ready = Buffer.buffer();
  private long received;
  private boolean ended;
  private MovingDataException failure;
  private Promise<Buffer> waiting;
  private long waitingSince;
  private long timer = -1;

  /**
   * Takes over a paused response; made on the response's context.
   *
   * @param announced bytes that must come
   * @param floor the slowest that bytes may come while somebody waits
   * @param failing puts a cause in our terms
   */
  S3ByteSource(
      Vertx vertx,
      HttpClientResponse response,
      ObjectStat stat,
      long announced,
      ProgressFloor floor,
      Function<Throwable, MovingDataException> failing) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.response = response;
    this.stat = stat;
    this.announced = announced;
    this.floor = floor;
    this.failing = failing;
    response.exceptionHandler(this::fail).endHandler(end -> end()).handler(this::take);
    response.resume();
  }

  @Override
  public ObjectStat stat() {
    return stat;
  }

  @Override
  public Future<Buffer> next() {
    Promise<Buffer> promise = Promise.promise();
    context.runOnContext(
        now -> {
          if (waiting != null) {
            promise.fail(new IllegalStateException("one call of next() at a time"));
            return;
          }
          waiting = promise;
          waitingSince = System.nanoTime();
          timer = vertx.setTimer(floor.remainingMs(), late -> drop(new IOException("it stalled")));
          answer();
        });
    return promise.future();
  }

  @Override
  public void close() {
    context.runOnContext(now -> drop(new IOException("closed by the reader")));
  }

  /** A broken connection is told before the bytes that a pause held back: they come too late. */
  private void take(Buffer bytes) {
    if (failure != null) {
      return;
    }
    received += bytes.length();
    if (received > announced) {
      drop(wrongLength());
      return;
    }
    ready.appendBuffer(bytes);
    if (ready.length() >= WINDOW && announced - received > TAIL) {
      response.pause();
    }
    answer();
  }

  private void end() {
    if (received < announced) {
      fail(wrongLength());
      return;
    }
    ended = true;
    answer();
  }

  private IOException wrongLength() {
    return new IOException(received + " bytes came, " + announced + " were announced");
  }

  /** The first failure counts; a download that is whole has none. */
  private void fail(Throwable cause) {
    if (ended || failure != null) {
      return;
    }
    failure = failing.apply(cause);
    answer();
  }

  /**
   * Ends a download that goes on; what of it has arrived already must not keep a pooled connection
   * paused either.
   */
  private void drop(Throwable cause) {
    if (ended || failure != null) {
      return;
    }
    response.exceptionHandler(late -> {}).handler(late -> {});
    fail(cause);
    response.request().reset();
    response.resume();
  }

  private void answer() {
    if (waiting == null || (ready.length() == 0 && failure == null && !ended)) {
      return;
    }
    vertx.cancelTimer(timer);
    Promise<Buffer> promise = waiting;
    waiting = null;
    if (ready.length() > 0) {
      Buffer bytes = ready;
      ready = Buffer.buffer();
      floor.moved(System.nanoTime() - waitingSince, bytes.length());
      promise.complete(bytes);
      response.resume();
    } else if (failure != null) {
      promise.fail(failure);
    } else {
      promise.complete(null);
    }
  }
}
