package io.movingdata.simulator.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.SimulatorApi.Peek;
import io.movingdata.core.contract.SimulatorApi.PeekQuery;
import io.movingdata.core.contract.SimulatorApi.Reading;
import io.movingdata.core.contract.SimulatorApi.Unusual;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SensorBoardTest {
  private final SensorBoard board = new SensorBoard();
  private final Random random = new Random(4);

  private void tell(String device, double temperature) {
    board.heard(new Reading(device, temperature, Instant.EPOCH));
  }

  private Peek peek() {
    return board.peek(new PeekQuery(500));
  }

  @Test
  void aJumpIsUnusualAndOneDeviceDoesNotDisturbAnother() {
    for (int i = 0; i < 40; i++) {
      tell("a", 20 + Math.min(1, Math.max(-1, random.nextGaussian())));
      tell("b", 80 + Math.min(1, Math.max(-1, random.nextGaussian())));
    }
    assertThat(peek().anomalies()).isEmpty();
    tell("a", 80);
    assertThat(peek().anomalies())
        .extracting(Unusual::deviceId, Unusual::method)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("a", "z_score"),
            org.assertj.core.groups.Tuple.tuple("a", "ewma"));
    assertThat(peek().devices()).isEqualTo(2);
    assertThat(peek().readings().get(0).temperature()).isEqualTo(80);
  }

  @Test
  void toNothingAReadingIsCompared() {
    for (int i = 0; i < 10; i++) {
      tell("a", i * 100);
    }
    assertThat(peek().anomalies()).isEmpty();
  }

  @Test
  void itKeepsTheLatestOfBoundedDevices() {
    for (int i = 0; i < 5_000; i++) {
      tell("d" + i, 20);
    }
    assertThat(peek().devices()).isEqualTo(1_000);
    assertThat(peek().readings()).hasSize(500);
    assertThat(peek().readings().get(0).deviceId()).isEqualTo("d4999");
  }
}
