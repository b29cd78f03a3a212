package io.movingdata.consistency.tool;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Work on many things, so many of them at a time. Belongs to one event-loop context. */
public final class Parallel<T> {
  private final Iterator<T> items;
  private final int width;
  private final Function<T, Future<Void>> work;
  private final Promise<Void> done = Promise.promise();
  private int running;
  private boolean filling;
  private Throwable failure;

  private Parallel(Iterator<T> items, int width, Function<T, Future<Void>> work) {
    this.items = items;
    this.width = width;
    this.work = work;
  }

  /** Completes once all is done; after a failure nothing new is begun, and it fails in the end. */
  public static <T> Future<Void> each(List<T> items, int width, Function<T, Future<Void>> work) {
    Parallel<T> all = new Parallel<>(items.iterator(), width, work);
    all.fill();
    return all.done.future();
  }

  private void fill() {
    if (filling) {
      return;
    }
    filling = true;
    while (failure == null && running < width && items.hasNext()) {
      running++;
      begin(items.next());
    }
    filling = false;
    if (running == 0 && failure != null) {
      done.tryFail(failure);
    } else if (running == 0 && !items.hasNext()) {
      done.tryComplete();
    }
  }

  private void begin(T item) {
    Future<Void> started;
    try {
      started = work.apply(item);
    } catch (RuntimeException e) {
      started = Future.failedFuture(e);
    }
    started.onComplete(
        ended -> {
          running--;
          failure = failure == null && ended.failed() ? ended.cause() : failure;
          fill();
        });
  }
}
