package io.movingdata.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.movingdata.core.model.AccessEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LoadModelTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:01:00Z");
  private static final List<LoadModel.Subject> FILES = files();

  private static List<LoadModel.Subject> files() {
    List<LoadModel.Subject> files = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      files.add(new LoadModel.Subject("f" + i, 1_000, 25));
    }
    return files;
  }

  private static List<AccessEvent> events(long seed, Instant at, int count) {
    LoadModel model = new LoadModel(seed);
    List<AccessEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(model.next(FILES, at));
    }
    return events;
  }

  private static String favourite(List<AccessEvent> events) {
    return events.stream()
        .collect(Collectors.groupingBy(AccessEvent::fileId, Collectors.counting()))
        .entrySet()
        .stream()
        .max(Comparator.comparing(Map.Entry::getValue))
        .orElseThrow()
        .getKey();
  }

  @Test
  void theSameSeedMakesTheSameEvents() {
    assertThat(events(7, NOON, 500))
        .isEqualTo(events(7, NOON, 500))
        .isNotEqualTo(events(8, NOON, 500));
    assertThat(events(7, NOON, 500)).extracting(AccessEvent::eventId).doesNotHaveDuplicates();
  }

  @Test
  void aFewFilesGetMostOfTheUseUntilTheFashionChanges() {
    List<AccessEvent> events = events(7, NOON, 20_000);
    Map<String, Long> counts =
        events.stream().collect(Collectors.groupingBy(AccessEvent::fileId, Collectors.counting()));
    long ofTheFirstTen =
        counts.values().stream()
            .sorted(Comparator.reverseOrder())
            .limit(10)
            .mapToLong(c -> c)
            .sum();
    assertThat(ofTheFirstTen).isGreaterThan(10_000);
    assertThat(counts).hasSizeGreaterThan(90);
    assertThat(favourite(events(7, NOON.plus(Duration.ofMinutes(30)), 20_000)))
        .isNotEqualTo(favourite(events));
  }

  @Test
  void thereIsMoreOfItByDayAndTheAverageHolds() {
    double sum = 0;
    for (int hour = 0; hour < 24; hour++) {
      sum += LoadModel.rhythm(NOON.plus(Duration.ofHours(hour)));
    }
    assertThat(sum / 24).isCloseTo(1.1, within(0.01));
    assertThat(LoadModel.rhythm(Instant.parse("2026-03-04T15:00:00Z"))).isCloseTo(2, within(0.01));
    assertThat(LoadModel.rhythm(Instant.parse("2026-03-04T03:00:00Z")))
        .isCloseTo(0.2, within(0.01));

    LoadModel model = new LoadModel(3);
    long counted = 0;
    for (int i = 0; i < 5_000; i++) {
      counted += model.count(120, 1, NOON);
    }
    assertThat(counted / 5_000.0).isCloseTo(2 * LoadModel.rhythm(NOON), within(0.2));
  }
}
