package io.movingdata.storage.azure;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ByteSource;
import io.movingdata.core.storage.ProgressFloor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * The body of an answer, pulled one buffer at a time; the SDK's client reads ahead a few megabytes
 * at most. Signals come on its threads and pulls from an event loop: the state is under one lock,
 * and no future is completed while it is held.
 */
final class AzureByteSource implements ByteSource {
  private static final String OPERATION = "read an object";

  private final Vertx vertx;
  private final ObjectStat stat;
  private final long announced;
  private final ProgressFloor floor;
  private final Body body = new Body();

  private CompletableFuture<Buffer> waiting;
  private long waitingSince;
  private long received;
  private boolean ended;
  private MovingDataException failure;

  private AzureByteSource(Vertx vertx, AzureLimits limits, ObjectStat stat, long announced) {
    this.vertx = vertx;
    this.stat = stat;
    this.announced = announced;
    this.floor = new ProgressFloor(limits.progress().toMillis(), limits.progressBytes());
  }

  /**
   * Takes the body of an answer, and asks for nothing yet.
   *
   * @param stat the whole object
   * @param announced bytes that the answer says it will bring
   */
  static AzureByteSource open(
      Vertx vertx, AzureLimits limits, ObjectStat stat, long announced, Flux<ByteBuffer> bytes) {
    AzureByteSource source = new AzureByteSource(vertx, limits, stat, announced);
    bytes.subscribe(source.body);
    return source;
  }

  @Override
  public ObjectStat stat() {
    return stat;
  }

  @Override
  public Future<Buffer> next() {
    CompletableFuture<Buffer> pull = new CompletableFuture<>();
    long patienceMs;
    synchronized (this) {
      if (ended) {
        return failure == null ? Future.succeededFuture() : Future.failedFuture(failure);
      }
      waiting = pull;
      waitingSince = System.nanoTime();
      patienceMs = floor.remainingMs();
    }
    body.request(1);
    CompletableFuture<Buffer> timed =
        pull.orTimeout(patienceMs, TimeUnit.MILLISECONDS)
            .whenComplete((bytes, problem) -> stopOn(problem));
    return Future.fromCompletionStage(timed, vertx.getOrCreateContext())
        .recover(problem -> Future.failedFuture(AzureErrors.of(problem, OPERATION)));
  }

  private void stopOn(Throwable problem) {
    if (problem != null) {
      end(AzureErrors.of(problem, OPERATION));
      body.cancel();
    }
  }

  @Override
  public void close() {
    end(MovingDataException.of(ErrorCode.SESSION_LOST, "the read was closed"));
    body.cancel();
  }

  /** Ends the source once, properly where there is no reason; later reasons change nothing. */
  private void end(MovingDataException why) {
    CompletableFuture<Buffer> pull;
    synchronized (this) {
      if (!ended) {
        ended = true;
        failure = why;
      }
      pull = waiting;
      waiting = null;
    }
    if (pull != null && why == null) {
      pull.complete(null);
    } else if (pull != null) {
      pull.completeExceptionally(why);
    }
  }

  private void deliver(byte[] bytes) {
    CompletableFuture<Buffer> pull;
    synchronized (this) {
      floor.moved(System.nanoTime() - waitingSince, bytes.length);
      pull = waiting;
      waiting = null;
    }
    if (pull != null) {
      pull.complete(Buffer.buffer(bytes));
    }
  }

  private final class Body extends BaseSubscriber<ByteBuffer> {
    @Override
    public Context currentContext() {
      return LateErrors.ignored();
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      // Whoever calls next() asks.
    }

    @Override
    protected void hookOnNext(ByteBuffer bytes) {
      received += bytes.remaining();
      if (received > announced) {
        end(AzureErrors.nonsense(OPERATION, "more bytes than announced"));
        cancel();
      } else if (bytes.hasRemaining()) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        deliver(copy);
      } else {
        request(1);
      }
    }

    @Override
    protected void hookOnComplete() {
      if (received == announced) {
        end(null);
      } else {
        String why = "it ended after %d of %d bytes".formatted(received, announced);
        end(AzureErrors.nonsense(OPERATION, why));
      }
    }

    @Override
    protected void hookOnError(Throwable problem) {
      end(AzureErrors.of(problem, OPERATION));
    }
  }
}
