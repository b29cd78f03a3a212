package io.movingdata.mover.simulate;

import java.time.Instant;
import java.util.PriorityQueue;

/** What is to happen, in the order of its time. Nothing passes but by {@link #next}. */
final class VirtualTime {
  static final long MILLISECOND = 1_000;
  static final long SECOND = 1_000 * MILLISECOND;
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long numbers;

  private record Event(long at, long number, Life owner, Runnable action)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  /** Microseconds since the start. */
  long now() {
    return now;
  }

  Instant instant() {
    return START.plusNanos(now * 1_000);
  }

  /**
   * Lets something happen later.
   *
   * @param micros from now
   * @param owner the process that does it: dead, it does not; frozen, it does so once thawed; null
   *     for what is nobody's
   */
  void after(long micros, Life owner, Runnable action) {
    events.add(new Event(now + micros, numbers++, owner, action));
  }

  /** Lets the next thing happen; false where there is none. */
  boolean next() {
    Event event = events.poll();
    if (event == null) {
      return false;
    }
    now = Math.max(now, event.at());
    if (event.owner() == null) {
      event.action().run();
    } else {
      event.owner().run(event.action());
    }
    return true;
  }
}
