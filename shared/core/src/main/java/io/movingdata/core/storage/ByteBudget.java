package io.movingdata.core.storage;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Memory as a semaphore in bytes, for whoever waits without blocking: first come, first served.
 * Whoever asks for more than there is at all gets it once nobody else holds anything, so that one
 * step is always possible. Thread-safe; a wait ends on the context it began on.
 */
public final class ByteBudget {
  private final long capacity;
  private final Deque<Waiter> waiting = new ArrayDeque<>();
  private long used;

  private record Waiter(long bytes, Context context, Promise<Grant> promise) {}

  /** A budget of that many bytes. */
  public ByteBudget(long capacity) {
    this.capacity = capacity;
  }

  /** A share, between 0 and 1, of the memory that this JVM may use at most. */
  public static ByteBudget ofHeap(double share) {
    return new ByteBudget((long) (Runtime.getRuntime().maxMemory() * share));
  }

  /** Waits for the bytes; whoever gets the grant gives it back. */
  public Future<Grant> acquire(long bytes) {
    Promise<Grant> promise = Promise.promise();
    synchronized (waiting) {
      if (!waiting.isEmpty() || !fits(bytes)) {
        waiting.add(new Waiter(bytes, Vertx.currentContext(), promise));
        return promise.future();
      }
      used += bytes;
    }
    return Future.succeededFuture(new Grant(bytes));
  }

  /** The bytes that are held now. */
  public long used() {
    synchronized (waiting) {
      return used;
    }
  }

  private boolean fits(long bytes) {
    return used == 0 || used + bytes <= capacity;
  }

  private void giveBack(long bytes) {
    List<Waiter> served = new ArrayList<>();
    synchronized (waiting) {
      used -= bytes;
      while (!waiting.isEmpty() && fits(waiting.peek().bytes())) {
        Waiter next = waiting.poll();
        used += next.bytes();
        served.add(next);
      }
    }
    for (Waiter waiter : served) {
      Grant grant = new Grant(waiter.bytes());
      if (waiter.context() == null) {
        waiter.promise().complete(grant);
      } else {
        waiter.context().runOnContext(v -> waiter.promise().complete(grant));
      }
    }
  }

  /** Bytes that somebody may use until they give them back. */
  public final class Grant {
    private long held;

    private Grant(long bytes) {
      this.held = bytes;
    }

    /** Gives a part back early; never more than is held. */
    public void shrink(long bytes) {
      long freed;
      synchronized (waiting) {
        freed = Math.min(bytes, held);
        held -= freed;
      }
      if (freed > 0) {
        giveBack(freed);
      }
    }

    /** Gives back whatever is still held. Harmless to repeat. */
    public void release() {
      shrink(Long.MAX_VALUE);
    }
  }
}
