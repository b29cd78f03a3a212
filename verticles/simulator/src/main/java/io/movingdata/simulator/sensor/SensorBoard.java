package io.movingdata.simulator.sensor;

import io.movingdata.core.contract.SimulatorApi.Peek;
import io.movingdata.core.contract.SimulatorApi.PeekQuery;
import io.movingdata.core.contract.SimulatorApi.Reading;
import io.movingdata.core.contract.SimulatorApi.Unusual;
import io.movingdata.core.error.MovingDataException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last readings of each device. A reading is unusual when it lies more than three standard
 * deviations from the mean of the 60 before it (z-score), or as far from their exponential average,
 * which follows a drift (EWMA).
 */
public final class SensorBoard {
  private static final int MOST_DEVICES = 1_000;
  private static final int HISTORY = 60;
  private static final int LEAST_HISTORY = 10;
  private static final int KEPT = 500;
  private static final double DEVIATIONS = 3;
  private static final double ALPHA = 0.2;
  private static final double LEAST_DEVIATION = 0.1;

  private static final class Device {
    final Deque<Double> history = new ArrayDeque<>();
    double average;
    double variance;
  }

  private final Map<String, Device> devices =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Device> eldest) {
          return size() > MOST_DEVICES;
        }
      };

  private final Deque<Reading> readings = new ArrayDeque<>();
  private final Deque<Unusual> unusual = new ArrayDeque<>();

  /** Takes a reading. */
  public void heard(Reading reading) {
    keep(readings, reading);
    Device device = devices.computeIfAbsent(reading.deviceId(), id -> new Device());
    double value = reading.temperature();
    if (device.history.size() >= LEAST_HISTORY) {
      double mean =
          device.history.stream().mapToDouble(Double::doubleValue).average().orElse(value);
      double spread =
          Math.sqrt(
              device.history.stream()
                  .mapToDouble(one -> (one - mean) * (one - mean))
                  .average()
                  .orElse(0));
      judge(reading, "z_score", (value - mean) / Math.max(LEAST_DEVIATION, spread));
      judge(
          reading,
          "ewma",
          (value - device.average) / Math.max(LEAST_DEVIATION, Math.sqrt(device.variance)));
    }
    follow(device, value);
  }

  private void judge(Reading reading, String method, double score) {
    if (Math.abs(score) > DEVIATIONS) {
      keep(
          unusual,
          new Unusual(reading.deviceId(), reading.temperature(), method, score, reading.ts()));
    }
  }

  private static void follow(Device device, double value) {
    if (device.history.isEmpty()) {
      device.average = value;
    }
    double difference = value - device.average;
    device.average += ALPHA * difference;
    device.variance = (1 - ALPHA) * (device.variance + ALPHA * difference * difference);
    device.history.addLast(value);
    if (device.history.size() > HISTORY) {
      device.history.removeFirst();
    }
  }

  private static <T> void keep(Deque<T> latest, T one) {
    latest.addFirst(one);
    if (latest.size() > KEPT) {
      latest.removeLast();
    }
  }

  /** What was told lately. */
  public Peek peek(PeekQuery query) {
    if (query.limit() < 1 || query.limit() > KEPT) {
      throw MovingDataException.invalid("limit", "must be 1 to " + KEPT);
    }
    return new Peek(
        devices.size(),
        readings.stream().limit(query.limit()).toList(),
        unusual.stream().limit(query.limit()).toList());
  }
}
