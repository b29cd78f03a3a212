package io.movingdata.consistency.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.judge.Rule;
import io.movingdata.core.judge.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditReportTest {
  private static final Violation LOST = new Violation(Rule.DURABILITY, "a", "it is not there");

  private static AuditReport report(
      long changed, List<Violation> violations, Map<String, String> unreachable) {
    return new AuditReport(Instant.EPOCH, false, 3, 4, 5, 6_000, changed, violations, unreachable);
  }

  @Test
  void nothingWrongIsZero() {
    AuditReport report = report(0, List.of(), Map.of());
    assertThat(report.exitCode()).isZero();
    assertThat(report.lines())
        .containsExactly("audit: 3 files, 4 copies, 5 objects, 6.0 kB read, 0 violations");
  }

  @Test
  void aViolationIsOne() {
    AuditReport report = report(2, List.of(LOST), Map.of());
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.lines())
        .containsExactly(
            "DURABILITY a: it is not there",
            "2 files changed meanwhile and were not judged",
            "audit: 3 files, 4 copies, 5 objects, 6.0 kB read, 1 violations");
  }

  @Test
  void whatWasNotReachedIsTwoWhateverElseWasFound() {
    Map<String, String> down = Map.of("gcs", "refused");
    assertThat(report(0, List.of(), down).exitCode()).isEqualTo(2);
    AuditReport report = report(0, List.of(LOST), down);
    assertThat(report.exitCode()).isEqualTo(2);
    assertThat(report.lines())
        .anyMatch(line -> line.startsWith("gcs could not be looked at"))
        .last()
        .asString()
        .endsWith("not reached: [gcs]");
  }
}
