package io.movingdata.testkit.storage;

import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Failures of a {@link MemoryObjectStore} that a test arranges, each for a number of times. */
public final class StoreFaults {
  private final Map<StoreOperation, Deque<MovingDataException>> before =
      new EnumMap<>(StoreOperation.class);
  private final Map<StoreOperation, Integer> lost = new EnumMap<>(StoreOperation.class);
  private final Map<StoreOperation, List<Runnable>> held = new EnumMap<>(StoreOperation.class);
  private int wrongSizes;
  private int wrongChecksums;
  private int invisible;
  private int pretended;
  private long cutAt = -1;
  private boolean cutSilently;

  /** The next requests of a kind are refused with {@code PROVIDER_BUSY} and a wait. */
  public synchronized void throttle(StoreOperation operation, int times, long retryAfterMs) {
    fail(
        operation,
        times,
        MovingDataException.of(ErrorCode.PROVIDER_BUSY, "slow down")
            .withRetryAfterMs(retryAfterMs));
  }

  /** The next requests of a kind fail with {@code PROVIDER_DOWN}, having done nothing. */
  public synchronized void fail(StoreOperation operation, int times) {
    fail(operation, times, MovingDataException.of(ErrorCode.PROVIDER_DOWN, "arranged failure"));
  }

  /** The next requests of a kind fail in that way, having done nothing. */
  public synchronized void fail(StoreOperation operation, int times, MovingDataException failure) {
    Deque<MovingDataException> queue = before.computeIfAbsent(operation, key -> new ArrayDeque<>());
    for (int i = 0; i < times; i++) {
      queue.add(failure);
    }
  }

  /** The next requests of a kind are done, but their answers are lost: {@code PROVIDER_DOWN}. */
  public synchronized void loseAnswers(StoreOperation operation, int times) {
    lost.merge(operation, times, Integer::sum);
  }

  /** The next descriptions of stored objects tell one byte too many. */
  public synchronized void wrongSizes(int times) {
    wrongSizes = times;
  }

  /** The next descriptions of stored objects tell another checksum. */
  public synchronized void wrongChecksums(int times) {
    wrongChecksums = times;
  }

  /** The next deletions are said to be done, and are not. */
  public synchronized void pretendDeletions(int times) {
    pretended = times;
  }

  /** After the next put or completion the object is not to be seen for so many requests. */
  public synchronized void invisibleAfterStoring(int requests) {
    invisible = requests;
  }

  /** The next read that reaches the object's byte at that offset breaks there, once. */
  public synchronized void cutReadAt(long offset) {
    cutAt = offset;
    cutSilently = false;
  }

  /** As {@link #cutReadAt}, but as a store would that breaks its contract: with a clean end. */
  public synchronized void endReadAt(long offset) {
    cutAt = offset;
    cutSilently = true;
  }

  /** Requests of a kind wait, before anything is done, until {@link #release}. */
  public synchronized void hold(StoreOperation operation) {
    held.putIfAbsent(operation, new ArrayList<>());
  }

  /** Lets waiting requests of a kind go on, and later ones pass. */
  public void release(StoreOperation operation) {
    List<Runnable> waiting;
    synchronized (this) {
      waiting = held.remove(operation);
    }
    if (waiting != null) {
      waiting.forEach(Runnable::run);
    }
  }

  /** How many requests of a kind wait. */
  public synchronized int waiting(StoreOperation operation) {
    return held.getOrDefault(operation, List.of()).size();
  }

  synchronized Future<Void> admit(StoreOperation operation) {
    List<Runnable> waiting = held.get(operation);
    if (waiting == null) {
      return refusal(operation);
    }
    Promise<Void> promise = Promise.promise();
    Context context = Vertx.currentContext();
    waiting.add(
        () -> {
          Runnable go = () -> refusal(operation).onComplete(promise);
          if (context == null) {
            go.run();
          } else {
            context.runOnContext(v -> go.run());
          }
        });
    return promise.future();
  }

  private synchronized Future<Void> refusal(StoreOperation operation) {
    Deque<MovingDataException> queue = before.get(operation);
    return queue == null || queue.isEmpty()
        ? Future.succeededFuture()
        : Future.failedFuture(queue.poll());
  }

  synchronized <T> Future<T> answer(StoreOperation operation, T value) {
    int remaining = lost.getOrDefault(operation, 0);
    if (remaining == 0) {
      return Future.succeededFuture(value);
    }
    lost.put(operation, remaining - 1);
    return Future.failedFuture(
        MovingDataException.of(ErrorCode.PROVIDER_DOWN, "the answer was lost"));
  }

  synchronized ObjectStat described(ObjectStat stat) {
    long size = stat.size();
    String checksum = stat.checksum();
    if (wrongSizes > 0) {
      wrongSizes--;
      size++;
    }
    if (wrongChecksums > 0) {
      wrongChecksums--;
      checksum = "crc32c:00bad000";
    }
    return new ObjectStat(
        stat.key(), size, stat.etag(), checksum, stat.metadata(), stat.lastModified());
  }

  synchronized boolean takePretended() {
    boolean pretends = pretended > 0;
    pretended -= pretends ? 1 : 0;
    return pretends;
  }

  synchronized int takeInvisible() {
    int requests = invisible;
    invisible = 0;
    return requests;
  }

  /** How much of a piece comes before the arranged cut; its whole length where there is none. */
  synchronized int beforeCut(long offset, int length) {
    boolean within = cutAt >= 0 && offset <= cutAt && cutAt < offset + length;
    return within ? (int) (cutAt - offset) : length;
  }

  /** Whether the arranged cut is at this offset; it happens once. */
  synchronized Cut cut(long offset) {
    if (cutAt != offset) {
      return Cut.NONE;
    }
    cutAt = -1;
    return cutSilently ? Cut.SILENT : Cut.LOUD;
  }

  enum Cut {
    NONE,
    LOUD,
    SILENT
  }
}
