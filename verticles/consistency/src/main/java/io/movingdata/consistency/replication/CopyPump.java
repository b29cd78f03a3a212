package io.movingdata.consistency.replication;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs at most so many jobs at the same time, and one of a file. */
final class CopyPump {
  private final int most;
  private final Consumer<String> missed;
  private final Set<String> running = new HashSet<>();
  private final Set<String> asked = new HashSet<>();
  private final Deque<Promise<Void>> waiting = new ArrayDeque<>();

  /**
   * A pump.
   *
   * @param missed hears of each file that was asked for while a job of it ran, once that has ended
   */
  CopyPump(int most, Consumer<String> missed) {
    this.most = most;
    this.missed = missed;
  }

  /** How many run. */
  int active() {
    return running.size();
  }

  /**
   * Starts a job as soon as there is room; a file that has one running is passed over.
   *
   * @param job never fails
   * @return completes when the job has begun, not when it has ended
   */
  Future<Void> start(String fileId, Supplier<Future<Void>> job) {
    if (running.contains(fileId)) {
      asked.add(fileId);
      return Future.succeededFuture();
    }
    if (running.size() >= most) {
      Promise<Void> room = Promise.promise();
      waiting.add(room);
      return room.future().compose(free -> start(fileId, job));
    }
    running.add(fileId);
    job.get().onComplete(ended -> ended(fileId));
    return Future.succeededFuture();
  }

  private void ended(String fileId) {
    running.remove(fileId);
    if (asked.remove(fileId)) {
      missed.accept(fileId);
    }
    Promise<Void> next = waiting.poll();
    if (next != null) {
      next.complete();
    }
  }
}
