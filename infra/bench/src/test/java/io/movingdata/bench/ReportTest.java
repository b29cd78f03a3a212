package io.movingdata.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Pair PAIR = new Pair("s3", "azure");
  private static final Load LOAD = new Load(Load.OBJECTS, 1000, 65_536);

  private static Measurement measurement(String side, int round, double seconds) {
    return new Measurement(
        side,
        LOAD.name(),
        PAIR,
        round,
        LOAD.count(),
        LOAD.bytes(),
        seconds,
        Map.of("mover", 4.0, "s3", 1.0, "azurite", 2.0, "mongo", 3.0));
  }

  private static String report(List<Measurement> measurements, List<String> blocked) {
    return Report.of(
        new Results(
            Map.of("machine", "two cores"),
            List.of(LOAD),
            measurements,
            Map.of("s3-azure", List.of(5.0, 6.0, 90.0)),
            blocked));
  }

  @Test
  void comparesTheMediansOfTheRoundsThatCount() {
    String report =
        report(
            List.of(
                measurement(Measurement.OURS, 0, 20),
                measurement("rclone", 0, 2),
                measurement(Measurement.OURS, 1, 5),
                measurement("rclone", 1, 2),
                measurement(Measurement.OURS, 2, 4),
                measurement("rclone", 2, 2),
                measurement(Measurement.OURS, 3, 2),
                measurement("rclone", 3, 4)),
            List.of());
    assertThat(report)
        .contains("1000 x 64 KiB")
        .containsPattern("s3-azure +MovingData +250\\.0 +\\(200\\.0-500\\.0\\) +16\\.4 +50\\.0")
        .containsPattern("s3-azure +rclone +500\\.0 +\\(250\\.0-500\\.0\\) +32\\.8 +500\\.0")
        .contains("4.00  1.00  2.00  3.00 = 10.00")
        .contains("MovingData's rate is 0.50 of rclone");
  }

  @Test
  void tellsOfSingleMoves() {
    assertThat(report(List.of(), List.of())).contains("s3-azure    p50 6.0  p95 90.0  (3 moves)");
  }

  @Test
  void saysWhetherAnEventLoopWasBlocked() {
    assertThat(report(List.of(), List.of())).contains("No event loop was blocked.");
    assertThat(report(List.of(), List.of("thread 1 has been blocked")))
        .contains("AN EVENT LOOP WAS BLOCKED, 1 reports, such as: thread 1 has been blocked");
  }

  @Test
  void hasNoRatioWithoutThePeer() {
    assertThat(report(List.of(measurement(Measurement.OURS, 1, 4)), List.of()))
        .contains("250.0")
        .doesNotContain("rate is");
  }
}
