package io.movingdata.consistency.pass;

import io.movingdata.consistency.verify.CopyCheck.Expected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The copies that the catalog expects at one location next, in the order of their keys: the first
 * so many after a key. However many there are, no more than that many are in memory.
 */
final class Window {
  private static final Comparator<Expected> BY_KEY = Comparator.comparing(Expected::key);

  private final String after;
  private final int capacity;
  private final PriorityQueue<Expected> largestFirst = new PriorityQueue<>(BY_KEY.reversed());
  private boolean more;
  private List<Expected> sorted = List.of();
  private int next;

  /**
   * An empty window.
   *
   * @param after takes keys that come after this one, all where it is null
   */
  Window(String after, int capacity) {
    this.after = after;
    this.capacity = capacity;
  }

  /** Offers a copy. */
  void offer(Expected copy) {
    if (after != null && copy.key().compareTo(after) <= 0) {
      return;
    }
    if (largestFirst.size() < capacity) {
      largestFirst.add(copy);
      return;
    }
    more = true;
    if (copy.key().compareTo(largestFirst.element().key()) < 0) {
      largestFirst.remove();
      largestFirst.add(copy);
    }
  }

  /** Ends the offering: from now on copies are taken. */
  Window close() {
    sorted = new ArrayList<>(largestFirst);
    sorted.sort(BY_KEY);
    largestFirst.clear();
    return this;
  }

  /** The next copy, null after the last. */
  Expected peek() {
    return next < sorted.size() ? sorted.get(next) : null;
  }

  /** Takes the next copy. */
  Expected take() {
    return sorted.get(next++);
  }

  /** Whether all are taken, and others come after them that did not fit. */
  boolean moreFollow() {
    return next == sorted.size() && more;
  }

  /** The last key that the window reaches, null where it is empty. */
  String last() {
    return sorted.isEmpty() ? after : sorted.get(sorted.size() - 1).key();
  }
}
