package io.movingdata.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How many events a minute there were, one point for every ten seconds of the last hour. */
final class RateHistory {
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final int MOST = 360;

  private final Deque<Point> points = new ArrayDeque<>();

  /** Events in the minute before a time. */
  record Point(Instant at, long perMinute) {}

  /** Takes a value; it counts where the last point is a step away. */
  void saw(Instant at, long perMinute) {
    if (points.isEmpty() || !at.isBefore(points.getLast().at().plus(STEP))) {
      points.addLast(new Point(at, perMinute));
      if (points.size() > MOST) {
        points.removeFirst();
      }
    }
  }

  /** The points, oldest first. */
  List<Point> points() {
    return List.copyOf(points);
  }
}
