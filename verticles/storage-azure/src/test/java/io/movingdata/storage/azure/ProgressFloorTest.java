package io.movingdata.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressFloorTest {
  private final ProgressFloor floor = new ProgressFloor(Duration.ofSeconds(10), 1_000);

  @Test
  void enoughBytesWinTheWholeTimeBack() {
    floor.arrived(Duration.ofSeconds(9), 1_000);

    assertThat(floor.left()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void dropsOfBytesDoNot() {
    for (int i = 0; i < 9; i++) {
      floor.arrived(Duration.ofSeconds(1), 1);
    }

    assertThat(floor.left()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void thereIsAlwaysAMomentLeft() {
    floor.arrived(Duration.ofSeconds(30), 1);

    assertThat(floor.left()).isPositive();
  }
}
