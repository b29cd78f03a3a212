package io.movingdata.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The results as a text for people. */
final class Report {
  private static final String ROW = "%-11s %-23s %9s %16s %8s %8s   %s%n";

  private final Results results;
  private final StringBuilder text = new StringBuilder();

  private Report(Results results) {
    this.results = results;
  }

  static String of(Results results) {
    Report report = new Report(results);
    results.machine().forEach((what, is) -> report.line(what + ": " + is));
    results.loads().forEach(report::load);
    report.singles();
    report.blocked();
    return report.text.toString();
  }

  private void load(Load load) {
    List<Measurement> of = measurements(load);
    if (of.isEmpty()) {
      return;
    }
    boolean many = load.count() > 1;
    line("");
    line("%d x %s".formatted(load.count(), size(load.size())));
    row(
        "",
        "",
        many ? "objects/s" : "MB/s",
        "(min-max)",
        many ? "MB/s" : "",
        "cold",
        many
            ? "CPU ms per object: mover, source, target, catalog = all"
            : "CPU s: mover, source, target, catalog = all");
    of.stream().map(Measurement::pair).distinct().forEach(pair -> pair(load, pair));
  }

  private List<Measurement> measurements(Load load) {
    return results.measurements().stream().filter(m -> m.load().equals(load.name())).toList();
  }

  private void pair(Load load, Pair pair) {
    List<Measurement> of = measurements(load).stream().filter(m -> m.pair().equals(pair)).toList();
    List<String> ratios = new ArrayList<>();
    double ours = 0;
    for (String side : of.stream().map(Measurement::side).distinct().toList()) {
      List<Measurement> all = of.stream().filter(m -> m.side().equals(side)).toList();
      Statistics rate = rate(load, all);
      side(load, pair, side, all, rate);
      if (side.equals(Measurement.OURS)) {
        ours = rate.median();
      } else {
        ratios.add(format(ours / rate.median(), 2) + " of " + side);
      }
    }
    if (!ratios.isEmpty()) {
      line("            MovingData's rate is " + String.join(", ", ratios));
    }
  }

  private static Statistics rate(Load load, List<Measurement> all) {
    return load.count() > 1
        ? over(all, Measurement::objectsPerSecond)
        : over(all, Measurement::megabytesPerSecond);
  }

  private void side(Load load, Pair pair, String side, List<Measurement> all, Statistics rate) {
    row(
        pair.toString(),
        side,
        format(rate.median(), 1),
        "(" + format(rate.min(), 1) + "-" + format(rate.max(), 1) + ")",
        load.count() > 1 ? format(over(all, Measurement::megabytesPerSecond).median(), 1) : "",
        all.stream()
            .filter(m -> m.round() == 0)
            .map(m -> format(rate(load, List.of(m)).median(), 1))
            .findFirst()
            .orElse(""),
        cpu(load, pair, all));
  }

  private static String cpu(Load load, Pair pair, List<Measurement> all) {
    double unit = load.count() > 1 ? 1000.0 / load.count() : 1;
    String parts =
        List.of(
                Measurement.MOVER,
                Pair.server(pair.from()),
                Pair.server(pair.to()),
                Measurement.CATALOG)
            .stream()
            .map(process -> format(over(all, m -> m.cpuOf(process) * unit).median(), 2))
            .collect(Collectors.joining("  "));
    return parts + " = " + format(over(all, m -> m.cpuOfAll() * unit).median(), 2);
  }

  /** Over the rounds that count; over the first where there is no other. */
  private static Statistics over(List<Measurement> all, ToDoubleFunction<Measurement> what) {
    List<Measurement> counted = all.stream().filter(m -> m.round() > 0).toList();
    return new Statistics(
        (counted.isEmpty() ? all : counted).stream().map(what::applyAsDouble).toList());
  }

  private void singles() {
    if (!results.singleMillis().isEmpty()) {
      line("");
      line("One move after another of a small object, ms until POST /move answers");
    }
    results
        .singleMillis()
        .forEach(
            (pair, millis) -> {
              Statistics took = new Statistics(millis);
              line(
                  "%-11s p50 %s  p95 %s  (%d moves)"
                      .formatted(
                          pair,
                          format(took.percentile(0.5), 1),
                          format(took.percentile(0.95), 1),
                          millis.size()));
            });
  }

  private void blocked() {
    line("");
    line(
        results.blocked().isEmpty()
            ? "No event loop was blocked."
            : "AN EVENT LOOP WAS BLOCKED, %d reports, such as: %s"
                .formatted(results.blocked().size(), results.blocked().get(0)));
  }

  private void row(Object... cells) {
    text.append(ROW.formatted(cells).stripTrailing()).append(System.lineSeparator());
  }

  private void line(String line) {
    text.append(line).append(System.lineSeparator());
  }

  private static String size(long bytes) {
    long kib = bytes / 1024;
    return bytes % 1024 != 0 ? bytes + " B" : kib % 1024 != 0 ? kib + " KiB" : kib / 1024 + " MiB";
  }

  private static String format(double number, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", number);
  }
}
