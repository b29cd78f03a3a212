package io.movingdata.e2e.dashboard;

import java.util.ArrayList;
import java.util.List;

/** Times that were measured, in milliseconds, and what is said of them. */
final class Figures {
  private final List<Double> all = new ArrayList<>();

  /** Adds a number that the browser answered. */
  void add(Object millis) {
    all.add(((Number) millis).doubleValue());
  }

  int count() {
    return all.size();
  }

  /** The value below which this share of them lies, 0 to 1. */
  double at(double share) {
    List<Double> sorted = all.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
  }

  @Override
  public String toString() {
    return "%.0f ms at the median, %.0f ms at 95 %%, %.0f ms at 99 %%, %.0f ms at most"
        .formatted(at(0.5), at(0.95), at(0.99), at(1));
  }
}
