package io.movingdata.telemetry.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.movingdata.core.contract.TelemetryApi.Anomaly;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.AccessKind;
import io.movingdata.core.model.FileWindows;
import io.movingdata.telemetry.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UsageTest {
  private static final Instant NOW = Instant.parse("2026-03-04T10:20:30Z");

  private static Usage of(List<AccessEvent> events) {
    Usage usage = new Usage(null);
    events.forEach(event -> usage.add(event, NOW, NOW));
    return usage;
  }

  private static Instant ago(int seconds) {
    return NOW.minusSeconds(seconds);
  }

  @Test
  void eventsCountInTheWindowsThatTheyLieIn() {
    List<AccessEvent> events = new ArrayList<>();
    int[] ages = {5, 20, 31, 59, 300, 599, 1_800, 3_500, 4_000, 90_000};
    for (int age : ages) {
      events.add(Samples.read("e" + age, "f", ago(age)));
    }

    FileWindows windows = of(events).windows(NOW);

    assertThat(windows.count60m()).isEqualTo(8);
    assertThat(windows.count10m()).isEqualTo(6);
    // Two in this minute, and half of the two in the one before.
    assertThat(windows.count1m()).isEqualTo(3);
    assertThat(windows.bytesRead60m()).isEqualTo(8_000);
    assertThat(windows.egressCost60m()).isCloseTo(0.008, within(1e-9));
    assertThat(windows.hour()).isEqualTo(10);
    assertThat(windows.weekday()).isEqualTo(3);
  }

  @Test
  void theOrderOfEventsMakesNoDifference() {
    Random random = new Random(7);
    List<AccessEvent> events = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      events.add(Samples.random(random, i, "f", NOW));
    }
    FileWindows windows = of(events).windows(NOW);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(events, random);
      assertThat(of(events).windows(NOW)).isEqualTo(windows);
    }
  }

  @Test
  void theWindowsOfSeveralTogetherAreThoseOfAllTheirEvents() {
    Random random = new Random(8);
    List<AccessEvent> all = new ArrayList<>();
    List<Usage> parts = List.of(new Usage(null), new Usage(null), new Usage(null));
    for (int i = 0; i < 3_000; i++) {
      AccessEvent event = Samples.random(random, i, "f", NOW);
      all.add(event);
      parts.get(random.nextInt(3)).add(event, NOW, NOW);
    }
    assertThat(Usage.together(parts, NOW).windows(NOW)).isEqualTo(of(all).windows(NOW));
  }

  @Test
  void percentileAndClientsAreWithinTheirStatedErrors() {
    Random random = new Random(11);
    List<Double> latencies = new ArrayList<>();
    Usage usage = new Usage(null);
    for (int i = 0; i < 4_000; i++) {
      double latency = Math.exp(random.nextGaussian() + 3);
      latencies.add(latency);
      usage.add(
          Samples.event(
              "e" + i, "f", AccessKind.READ, ago(i % 3_000), "c" + i % 150, 1, latency, null),
          NOW,
          NOW);
    }
    Collections.sort(latencies);
    FileWindows windows = usage.windows(NOW);

    double exact = latencies.get(3_799);
    assertThat(windows.latencyP95Ms()).isBetween(exact, exact * 1.2);
    assertThat(windows.latencyMaxMs()).isCloseTo(latencies.get(3_999), within(0.01));
    assertThat((double) windows.uniqueClients60m()).isCloseTo(150, within(15.0));
  }

  @Test
  void whatIsOldLeavesTheWindows() {
    Usage usage = of(List.of(Samples.read("e", "f", NOW)));
    Instant later = NOW.plus(Duration.ofMinutes(62));

    assertThat(usage.windows(later).count60m()).isZero();
    usage.add(Samples.read("e2", "f", NOW), NOW, later);
    assertThat(usage.windows(later).count60m()).isZero();
  }

  @Test
  void historyCountsEachOffsetOnceAndTellsTheRateADay() {
    Usage usage = new Usage(null);
    Instant start = NOW.minus(Duration.ofDays(30));
    long offset = 0;
    for (int hour = 0; hour < 30 * 24; hour++) {
      for (int twice = 0; twice < 2; twice++) {
        AccessEvent event =
            Samples.read("e" + offset, "f", start.plus(Duration.ofMinutes(60L * hour + twice)));
        usage.remember(event, 0, offset);
        usage.remember(event, 0, offset);
        offset++;
      }
    }
    assertThat(usage.history().reads()).isEqualTo(30 * 48);
    assertThat(usage.history().perDay(NOW)).isCloseTo(48, within(1.0));
    assertThat(usage.history().perDay(NOW.plus(Duration.ofDays(7))))
        .isCloseTo(48 / Math.E, within(1.0));
    // Another partition is another count of offsets.
    usage.remember(Samples.read("x", "f", NOW), 1, 5);
    assertThat(usage.history().upTo()).isEqualTo(5);
  }

  private static List<Anomaly> anomalies(Usage usage) {
    return ShiftDetector.find("f", usage, usage.windows(NOW), NOW);
  }

  private static Usage steady(int calmMinutes, int recentPerMinute, double recentLatency) {
    Usage usage = new Usage(null);
    int number = 0;
    for (int minute = 1; minute <= calmMinutes; minute++) {
      int count = minute <= 3 ? recentPerMinute : 10 + minute % 3;
      for (int i = 0; i < count; i++) {
        double latency = minute <= 3 ? recentLatency : 20 + i % 5;
        usage.add(
            Samples.event(
                "e" + number++, "f", AccessKind.READ, ago(60 * minute), "c", 1, latency, null),
            NOW,
            NOW);
      }
    }
    return usage;
  }

  @Test
  void aShiftOfRateOrLatencyIsFoundAndNothingElse() {
    assertThat(anomalies(steady(50, 11, 22))).isEmpty();
    assertThat(anomalies(steady(50, 60, 22))).extracting(Anomaly::kind).containsOnly("rate_shift");
    assertThat(anomalies(steady(50, 0, 22))).extracting(Anomaly::kind).containsOnly("rate_shift");
    assertThat(anomalies(steady(50, 11, 300)))
        .extracting(Anomaly::kind)
        .containsOnly("latency_shift");
    assertThat(anomalies(steady(10, 60, 300))).as("too little to compare with").isEmpty();
  }

  @Test
  void highTemperatureIsSustainedAfterThreeMinutes() {
    Usage usage = new Usage(null);
    for (int minute = 0; minute < 3; minute++) {
      assertThat(anomalies(usage)).isEmpty();
      usage.add(
          Samples.event("e" + minute, "f", AccessKind.READ, ago(60 * minute), null, 1, null, 80.0),
          NOW,
          NOW);
    }
    assertThat(anomalies(usage)).extracting(Anomaly::kind).containsExactly("high_temperature");
  }

  @Test
  void idsAreRememberedUpToTheirNumber() {
    EventIds ids = new EventIds(1_000);
    for (int i = 0; i < 100_000; i++) {
      assertThat(ids.add("id " + i)).isTrue();
    }
    for (int i = 99_501; i < 100_000; i++) {
      assertThat(ids.add("id " + i)).isFalse();
    }
  }

  /** 100 000 files that were each used in 12 minutes of the hour, by clients with latencies. */
  @Test
  void aHundredThousandActiveFilesFitIntoHalfAGibibyte() {
    System.gc();
    long before = used();
    List<Usage> all = new ArrayList<>();
    for (int file = 0; file < 100_000; file++) {
      Usage usage = new Usage(null);
      for (int i = 0; i < 12; i++) {
        AccessEvent event = Samples.read("e", "f", ago(290 * i));
        usage.add(event, NOW, NOW);
        usage.remember(event, 0, i);
      }
      all.add(usage);
    }
    System.gc();
    long each = (used() - before) / all.size();
    System.out.printf("%d bytes for each active file%n", each);
    assertThat(each).isLessThan(512L * 1024 * 1024 / 100_000 - 200);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
