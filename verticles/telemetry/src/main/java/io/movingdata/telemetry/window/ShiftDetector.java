package io.movingdata.telemetry.window;

import io.movingdata.core.contract.TelemetryApi.Anomaly;
import io.movingdata.core.model.FileWindows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds what is unusual in an hour of minutes. A shift is there when each of the last three whole
 * minutes lies further from the median of those before than six times their median absolute
 * deviation, which neither a single spike nor what was unusual before can move. High temperature is
 * sustained when three of the last ten minutes had it.
 */
public final class ShiftDetector {
  private static final int SPAN = 59;
  private static final int RECENT = 3;
  private static final int LEAST_HISTORY = 15;
  private static final double DEVIATIONS = 6;
  private static final double SCALE = 1.4826; // of the deviation that a normal spread would have
  private static final double LEAST_RATE = 3; // events a minute
  private static final double LEAST_LATENCY = 10; // ms
  private static final int HOT_MINUTES = 3;

  private ShiftDetector() {}

  /** What is unusual now; {@code fileId} null for the whole stream. */
  public static List<Anomaly> find(String fileId, Usage usage, FileWindows windows, Instant now) {
    long minute = now.toEpochMilli() / 60_000;
    List<Anomaly> found = new ArrayList<>();
    if (windows.highTempMinutes() >= HOT_MINUTES) {
      found.add(new Anomaly(fileId, "high_temperature", windows.highTempMinutes(), 0, now));
    }
    shift(usage.rates(SPAN, minute), LEAST_RATE)
        .ifPresent(s -> found.add(new Anomaly(fileId, "rate_shift", s.seen, s.usual, now)));
    shift(usage.latencies(SPAN, minute), LEAST_LATENCY)
        .ifPresent(s -> found.add(new Anomaly(fileId, "latency_shift", s.seen, s.usual, now)));
    return found;
  }

  private record Shift(double seen, double usual) {}

  private static Optional<Shift> shift(double[] minutes, double least) {
    double[] recent = Arrays.copyOfRange(minutes, minutes.length - RECENT, minutes.length);
    int first = 0;
    // What lies before the first event is no history.
    while (first < minutes.length && !(minutes[first] > 0)) {
      first++;
    }
    double[] before =
        Arrays.stream(minutes, Math.min(first, minutes.length - RECENT), minutes.length - RECENT)
            .filter(value -> !Double.isNaN(value))
            .toArray();
    if (before.length < LEAST_HISTORY || Arrays.stream(recent).anyMatch(Double::isNaN)) {
      return Optional.empty();
    }
    double usual = median(before);
    double spread = SCALE * median(Arrays.stream(before).map(v -> Math.abs(v - usual)).toArray());
    double limit = DEVIATIONS * Math.max(spread, Math.max(least / DEVIATIONS, usual * 0.1));
    boolean up = Arrays.stream(recent).allMatch(value -> value - usual > limit);
    boolean down = Arrays.stream(recent).allMatch(value -> usual - value > limit);
    return up || down ? Optional.of(new Shift(median(recent), usual)) : Optional.empty();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
