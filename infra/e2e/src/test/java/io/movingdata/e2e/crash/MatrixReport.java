package io.movingdata.e2e.crash;

import io.movingdata.core.judge.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What came of a run.
 *
 * @param violations what the judge found in whole lanes
 */
record MatrixReport(long seed, List<Result> results, List<Violation> violations, Duration took) {
  /** The cells that went wrong. */
  List<Result> failures() {
    return results.stream().filter(result -> !result.passed()).toList();
  }

  private Duration longestRecovery() {
    return results.stream()
        .map(Result::rested)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** The whole run in one line. */
  String summary() {
    return ("crash matrix, seed %d: %d cells, %d faults injected, %d contents acknowledged,"
            + " %d lost, longest recovery %s s, %d cells failed, %d promises broken, %d s")
        .formatted(
            seed,
            results.size(),
            results.stream().mapToInt(Result::faults).sum(),
            results.stream().mapToInt(Result::acknowledged).sum(),
            results.stream().mapToInt(Result::lost).sum(),
            seconds(longestRecovery()),
            failures().size(),
            violations.size(),
            took.toSeconds());
  }

  private static String seconds(Duration time) {
    return time == null ? "-" : "%.1f".formatted(time.toMillis() / 1000.0);
  }

  /** How a cell is tried again. */
  static String replay(long seed, Cell cell) {
    return "infra/crash-matrix --seed " + seed + " --cell " + cell.id();
  }

  /** One line about a cell. */
  static String line(Result result) {
    return "%s %s, at rest after %s s, took %s s%s"
        .formatted(
            result.passed() ? "ok    " : "FAILED",
            result.cell().id(),
            seconds(result.rested()),
            seconds(result.took()),
            result.passed() ? "" : ": " + result.failure());
  }

  /** Writes all of it to a file. */
  void write(Path file) {
    List<String> lines = new ArrayList<>();
    lines.add("# " + summary());
    for (Result failed : failures()) {
      lines.add("");
      lines.add("## FAILED " + failed.cell().id());
      lines.add("");
      lines.add("- " + failed.failure());
      lines.add("- again: `" + replay(seed, failed.cell()) + "`");
    }
    if (!violations.isEmpty()) {
      lines.add("");
      lines.add("## Promises broken");
      lines.add("");
      violations.forEach(violation -> lines.add("- " + violation));
    }
    lines.add("");
    lines.add("| cell | result | faults | acknowledged | lost | at rest after, s | took, s |");
    lines.add("|---|---|---|---|---|---|---|");
    for (Result r : results) {
      lines.add(
          "| %s | %s | %d | %d | %d | %s | %s |"
              .formatted(
                  r.cell().id(),
                  r.passed() ? "ok" : "FAILED",
                  r.faults(),
                  r.acknowledged(),
                  r.lost(),
                  seconds(r.rested()),
                  seconds(r.took())));
    }
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
