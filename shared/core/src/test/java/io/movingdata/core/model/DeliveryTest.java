package io.movingdata.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.Delivery.Told;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Delivery told(Told... told) {
    return new Delivery("f", 1, List.of(told), NOW);
  }

  @Test
  void aMirrorIsOwedWhatIsLaterThanWhatItTook() {
    Delivery delivery = told(new Told("one", 0, 5));
    assertThat(delivery.owes("one", 0, 6)).isTrue();
    assertThat(delivery.owes("one", 0, 5)).isFalse();
    assertThat(delivery.owes("one", 0, 4)).isFalse();
    assertThat(delivery.owes("one", 1, 5)).as("everything was asked for again").isTrue();
    assertThat(delivery.owes("two", 0, 1)).as("never told").isTrue();
  }

  @Test
  void ofTwoReportsTheLaterCountsInAnyOrder() {
    Told early = new Told("one", 0, 5);
    Told late = new Told("one", 0, 7);
    Told other = new Told("two", 3, 1);
    assertThat(told(early).and(List.of(late, other), NOW).told())
        .containsExactlyInAnyOrder(late, other);
    assertThat(told(late, other).and(List.of(early), NOW).told())
        .containsExactlyInAnyOrder(late, other);
  }
}
