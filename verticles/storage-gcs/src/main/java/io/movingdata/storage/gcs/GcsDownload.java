package io.movingdata.storage.gcs;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.core.storage.ProgressFloor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bytes of an object in one answer, pulled chunk by chunk. It ends well only after exactly the
 * bytes that were expected, whatever the connection says of its end.
 */
final class GcsDownload implements ByteSource {
  /**
   * The last bytes are taken as they come. The client gives a connection back to its pool when the
   * end has arrived, also where the reader has not come so far and the connection is paused for it:
   * the next request on it would wait for that reader. Twice of what the client buffers.
   */
  private static final int TAIL = 256 * 1024;

  private final Vertx vertx;
  private final Context context;
  private final HttpClientResponse response;
  private final ProgressFloor floor;
  private final ObjectStat stat;
  private final long expected;

  private long received;
  private final Deque<Buffer> ready = new ArrayDeque<>();
  private boolean flowing;
  private Promise<Buffer> waiting;
  private long waitingSince;
  private long timer = -1;
  private MovingDataException failure;

  private GcsDownload(
      Vertx vertx, GcsLimits limits, HttpClientResponse response, ObjectStat stat, long expected) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.response = response;
    this.floor = limits.floor();
    this.stat = stat;
    this.expected = expected;
    response.exceptionHandler(broken -> fail("the connection broke"));
    response.endHandler(end -> ended());
    response.handler(this::arrived);
    flowAtTheTail();
  }

  /** Sends the request; the answer's bytes wait until they are pulled. */
  static Future<Opened> open(Vertx vertx, GcsLimits limits, HttpClientRequest request) {
    // For the answer's head.
    request.idleTimeout(limits.answerMs());
    return request
        .send()
        .compose(
            response -> {
              if (response.statusCode() != 200 && response.statusCode() != 206) {
                return GcsAnswer.read(vertx, response, limits.answerMs())
                    .map(answer -> new Opened(vertx, limits, answer, null));
              }
              // From here on the reader sets the pace, and only its waiting is timed.
              response.pause();
              GcsAnswer head =
                  new GcsAnswer(response.statusCode(), response.headers(), Buffer.buffer());
              return Future.succeededFuture(new Opened(vertx, limits, head, response));
            });
  }

  @Override
  public ObjectStat stat() {
    return stat;
  }

  @Override
  public Future<Buffer> next() {
    Promise<Buffer> promise = Promise.promise();
    if (vertx.getOrCreateContext() == context) {
      pull(promise);
    } else {
      context.runOnContext(ignored -> pull(promise));
    }
    return promise.future();
  }

  private void pull(Promise<Buffer> promise) {
    if (!ready.isEmpty()) {
      promise.complete(ready.poll());
    } else if (received == expected) {
      promise.complete(null);
    } else if (failure != null) {
      promise.fail(failure);
    } else {
      waiting = promise;
      waitingSince = System.nanoTime();
      timer = vertx.setTimer(floor.remainingMs(), fired -> stalled());
      if (!flowing) {
        response.fetch(1);
      }
    }
  }

  private void arrived(Buffer bytes) {
    received += bytes.length();
    if (received > expected) {
      fail("more bytes than announced");
      drop(response);
      return;
    }
    if (waiting == null) {
      ready.add(bytes);
      flowAtTheTail();
      return;
    }
    floor.moved(System.nanoTime() - waitingSince, bytes.length());
    Promise<Buffer> taken = take();
    flowAtTheTail();
    taken.complete(bytes);
  }

  private void flowAtTheTail() {
    if (!flowing && expected - received <= TAIL) {
      flowing = true;
      response.resume();
    }
  }

  private Promise<Buffer> take() {
    vertx.cancelTimer(timer);
    Promise<Buffer> taken = waiting;
    waiting = null;
    return taken;
  }

  private void stalled() {
    fail("the provider stalled");
    drop(response);
  }

  private void ended() {
    if (received < expected) {
      fail("it ended early");
    }
  }

  private void fail(String why) {
    if (failure != null || received == expected) {
      return;
    }
    failure =
        MovingDataException.of(
            ErrorCode.PROVIDER_DOWN,
            "a read from GCS broke off after %d of %d bytes: %s"
                .formatted(received, expected, why));
    if (waiting != null) {
      take().fail(failure);
    }
  }

  @Override
  public void close() {
    context.runOnContext(
        ignored -> {
          if (received < expected && failure == null) {
            fail("it was closed");
            drop(response);
          }
        });
  }

  /** Ends an answer; what of it has arrived must not keep a pooled connection paused either. */
  private static void drop(HttpClientResponse response) {
    response.exceptionHandler(reset -> {});
    response.handler(bytes -> {});
    response.request().reset();
    response.resume();
  }

  /** An answer whose head has come; it either refuses or its bytes wait to be pulled. */
  static final class Opened {
    private final Vertx vertx;
    private final GcsLimits limits;
    private final GcsAnswer head;
    private final HttpClientResponse response;

    private Opened(Vertx vertx, GcsLimits limits, GcsAnswer head, HttpClientResponse response) {
      this.vertx = vertx;
      this.limits = limits;
      this.head = head;
      this.response = response;
    }

    int status() {
      return head.status();
    }

    /** The answer's status and headers; its body only where it refuses. */
    GcsAnswer head() {
      return head;
    }

    /** The bytes, of which there must be exactly {@code expected}. */
    ByteSource source(ObjectStat stat, long expected) {
      return new GcsDownload(vertx, limits, response, stat, expected);
    }

    /** Drops the bytes. */
    void discard() {
      drop(response);
    }
  }
}
