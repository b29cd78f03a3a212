package io.movingdata.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Processor time that running processes and their children have taken, by name. */
final class CpuMeter {
  private final Map<String, ProcessHandle> processes = new LinkedHashMap<>();

  void add(String name, ProcessHandle process) {
    processes.put(name, process);
  }

  /** Seconds since each began. */
  Map<String, Double> read() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    processes.forEach((name, process) -> seconds.put(name, seconds(process)));
    return seconds;
  }

  private static double seconds(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToDouble(time -> time.toNanos() / 1e9)
        .sum();
  }

  /** What each took between two readings. */
  static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
    Map<String, Double> taken = new LinkedHashMap<>();
    after.forEach((name, seconds) -> taken.put(name, seconds - before.getOrDefault(name, 0.0)));
    return taken;
  }
}
