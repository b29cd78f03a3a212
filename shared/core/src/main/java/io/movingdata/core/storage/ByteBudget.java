package io.movingdata.core.storage;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Memory as a semaphore in bytes, for whoever waits without blocking: first come, first served.
 * Whoever asks for more than there is at all gets it once nobody else holds anything, so that one
 * step is always possible. So it is in each lane: one that holds nothing gets its step although
 * others hold everything, up to twice the capacity in all, so that what waits for one slow place
 * does not keep the others waiting. What is small beside the whole has a reserve of its own, an
 * eighth on top, so that it never waits for large ones. Thread-safe; a wait ends on the context it
 * began on.
 */
public final class ByteBudget {
  private static final String COMMON = "";
  private static final int SMALL = 64;
  private static final int RESERVE = 8;

  private final long capacity;
  private final ByteBudget reserve;
  private final Deque<Waiter> waiting = new ArrayDeque<>();
  private final Map<String, Long> held = new HashMap<>();
  private long used;

  private record Waiter(String lane, long bytes, Context context, Promise<Grant> promise) {}

  /** A budget of that many bytes. */
  public ByteBudget(long capacity) {
    this(capacity, new ByteBudget(capacity / RESERVE, null));
  }

  private ByteBudget(long capacity, ByteBudget reserve) {
    this.capacity = capacity;
    this.reserve = reserve;
  }

  /** A share, between 0 and 1, of the memory that this JVM may use at most. */
  public static ByteBudget ofHeap(double share) {
    return new ByteBudget((long) (Runtime.getRuntime().maxMemory() * share));
  }

  /** Waits for the bytes in the lane that all have in common. */
  public Future<Grant> acquire(long bytes) {
    return acquire(COMMON, bytes);
  }

  /** Waits for the bytes; whoever gets the grant gives it back. */
  public Future<Grant> acquire(String lane, long bytes) {
    if (reserve != null && bytes <= capacity / SMALL) {
      return reserve.acquire(lane, bytes);
    }
    Promise<Grant> promise = Promise.promise();
    synchronized (waiting) {
      waiting.add(new Waiter(lane, bytes, Vertx.currentContext(), promise));
    }
    serve(promise);
    return promise.future();
  }

  /** The bytes that are held now. */
  public long used() {
    long small = reserve == null ? 0 : reserve.used();
    synchronized (waiting) {
      return used + small;
    }
  }

  /** Serves whoever may be served; the one who has just asked, without a detour. */
  private void serve(Promise<Grant> asking) {
    for (Waiter waiter : admitted()) {
      Grant grant = new Grant(waiter.lane(), waiter.bytes());
      if (waiter.context() == null || waiter.promise() == asking) {
        waiter.promise().complete(grant);
      } else {
        waiter.context().runOnContext(v -> waiter.promise().complete(grant));
      }
    }
  }

  private List<Waiter> admitted() {
    List<Waiter> served = new ArrayList<>();
    Set<String> passed = new HashSet<>();
    synchronized (waiting) {
      for (Iterator<Waiter> all = waiting.iterator(); all.hasNext(); ) {
        Waiter waiter = all.next();
        boolean first = passed.isEmpty() && fits(waiter.bytes());
        if (first || (!passed.contains(waiter.lane()) && isNextStep(waiter))) {
          all.remove();
          count(waiter.lane(), waiter.bytes());
          served.add(waiter);
        } else {
          passed.add(waiter.lane());
        }
      }
    }
    return served;
  }

  private boolean fits(long bytes) {
    return used == 0 || used + bytes <= capacity;
  }

  private boolean isNextStep(Waiter waiter) {
    return !held.containsKey(waiter.lane()) && used + waiter.bytes() <= 2 * capacity;
  }

  private void count(String lane, long bytes) {
    used += bytes;
    held.merge(lane, bytes, Long::sum);
    held.remove(lane, 0L);
  }

  /** Bytes that somebody may use until they give them back. */
  public final class Grant {
    private final String lane;
    private long left;

    private Grant(String lane, long bytes) {
      this.lane = lane;
      this.left = bytes;
    }

    /** Gives a part back early; never more than is held. */
    public void shrink(long bytes) {
      long freed;
      synchronized (waiting) {
        freed = Math.min(bytes, left);
        left -= freed;
        count(lane, -freed);
      }
      if (freed > 0) {
        serve(null);
      }
    }

    /** Gives back whatever is still held. Harmless to repeat. */
    public void release() {
      shrink(Long.MAX_VALUE);
    }
  }
}
