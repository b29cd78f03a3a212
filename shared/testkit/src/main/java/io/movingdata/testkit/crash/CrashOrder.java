package io.movingdata.testkit.crash;

import io.movingdata.core.crash.CrashPoint;

/**
 * Where a process shall stop.
 *
 * @param point the point
 * @param hit at which time it is reached, from 1, counted from when the order is seen
 * @param id tells an order from an earlier one of the same content
 */
record CrashOrder(CrashPoint point, int hit, String id) {
  /** An order from what {@link #text} wrote. */
  static CrashOrder parse(String text) {
    String[] words = text.strip().split(" ", 3);
    return new CrashOrder(CrashPoint.valueOf(words[0]), Integer.parseInt(words[1]), words[2]);
  }

  /** The order as one line. */
  String text() {
    return point.name() + " " + hit + " " + id;
  }
}
