package io.movingdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateHistoryTest {
  private final RateHistory history = new RateHistory();

  @Test
  void onePointStandsForTenSeconds() {
    history.saw(Instant.ofEpochSecond(100), 5);
    history.saw(Instant.ofEpochSecond(105), 99);
    history.saw(Instant.ofEpochSecond(110), 7);

    assertThat(history.points())
        .containsExactly(
            new RateHistory.Point(Instant.ofEpochSecond(100), 5),
            new RateHistory.Point(Instant.ofEpochSecond(110), 7));
  }

  @Test
  void anHourIsKept() {
    for (int i = 0; i < 1_000; i++) {
      history.saw(Instant.ofEpochSecond(i * 10L), i);
    }

    assertThat(history.points()).hasSize(360);
    assertThat(history.points().get(0).perMinute()).isEqualTo(640);
  }
}
