package io.movingdata.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressFloorTest {
  private final ProgressFloor floor = new ProgressFloor(1_000, 100);

  private void moved(long afterMs, long bytes) {
    floor.moved(TimeUnit.MILLISECONDS.toNanos(afterMs), bytes);
  }

  @Test
  void waitingUsesTheWindowUp() {
    assertThat(floor.remainingMs()).isEqualTo(1_000);
    moved(300, 0);
    assertThat(floor.remainingMs()).isEqualTo(700);
    assertThat(floor.exhausted()).isFalse();
  }

  @Test
  void aTrickleBelowTheFloorDoesNotRenewTheWindow() {
    for (int i = 0; i < 99; i++) {
      moved(10, 1);
    }
    assertThat(floor.remainingMs()).isEqualTo(10);
  }

  @Test
  void waitsOfLessThanAMillisecondCount() {
    for (int i = 0; i < 2_000; i++) {
      floor.moved(400_000, 0);
    }
    assertThat(floor.remainingMs()).isEqualTo(200);
  }

  @Test
  void enoughBytesRenewTheWindow() {
    moved(900, 60);
    moved(50, 40);
    assertThat(floor.remainingMs()).isEqualTo(1_000);
  }

  @Test
  void anOverdrawnWindowStillIsATime() {
    moved(5_000, 1);
    assertThat(floor.remainingMs()).isEqualTo(1);
    assertThat(floor.exhausted()).isTrue();
  }
}
