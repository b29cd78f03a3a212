package io.movingdata.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressFloorTest {
  private final ProgressFloor floor = new ProgressFloor(1_000, 100);

  @Test
  void waitingUsesTheWindowUp() {
    assertThat(floor.remainingMs()).isEqualTo(1_000);
    floor.moved(300, 0);
    assertThat(floor.remainingMs()).isEqualTo(700);
  }

  @Test
  void aTrickleBelowTheFloorDoesNotRenewTheWindow() {
    for (int i = 0; i < 99; i++) {
      floor.moved(10, 1);
    }
    assertThat(floor.remainingMs()).isEqualTo(10);
  }

  @Test
  void enoughBytesRenewTheWindow() {
    floor.moved(900, 60);
    floor.moved(50, 40);
    assertThat(floor.remainingMs()).isEqualTo(1_000);
  }

  @Test
  void anOverdrawnWindowStillIsATime() {
    floor.moved(5_000, 1);
    assertThat(floor.remainingMs()).isEqualTo(1);
  }
}
