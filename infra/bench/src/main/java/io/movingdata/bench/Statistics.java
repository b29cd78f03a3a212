package io.movingdata.bench;

import java.util.List;

/**
 * Some numbers, in order.
 *
 * @param sorted at least one, ascending
 */
record Statistics(List<Double> sorted) {
  Statistics {
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    sorted = sorted.stream().sorted().toList();
  }

  double min() {
    return sorted.get(0);
  }

  double max() {
    return sorted.get(sorted.size() - 1);
  }

  /** The middle one, or the mean of the middle two. */
  double median() {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The smallest that at least {@code share} (above 0, at most 1) of them do not exceed. */
  double percentile(double share) {
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }
}
