package io.movingdata.bench;

import java.util.Map;

/**
 * One measured run.
 *
 * @param side who moved: {@link #OURS}, or rclone with its options
 * @param load what was moved, as {@link Load#name()}
 * @param round 0 for the round before those that count
 * @param seconds from the request until everything is there
 * @param cpu processor seconds by process meanwhile: {@link #MOVER} and the servers
 */
record Measurement(
    String side,
    String load,
    Pair pair,
    int round,
    int objects,
    long bytes,
    double seconds,
    Map<String, Double> cpu) {
  static final String OURS = "MovingData";
  static final String MOVER = "mover";
  static final String CATALOG = "mongo";

  double objectsPerSecond() {
    return objects / seconds;
  }

  double megabytesPerSecond() {
    return bytes / 1e6 / seconds;
  }

  double cpuOf(String process) {
    return cpu.getOrDefault(process, 0.0);
  }

  double cpuOfAll() {
    return cpu.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
