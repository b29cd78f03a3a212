package io.movingdata.consistency.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void afterAFailureItRestsThenTriesOneAlone() {
    Circuit circuit = Circuit.fresh();
    assertThat(circuit.allows(NOW)).isTrue();
    assertThat(circuit.limit()).isGreaterThan(1);
    circuit = circuit.failed(NOW, 0, new Random(1));
    assertThat(circuit.allows(NOW)).isFalse();
    assertThat(circuit.broken()).isTrue();
    assertThat(circuit.allows(NOW.plusMillis(501))).isTrue();
    assertThat(circuit.limit()).isEqualTo(1);
  }

  @Test
  void theWaitGrowsUpToHalfAMinuteAndHeedsWhatWasAsked() {
    Circuit circuit = Circuit.fresh();
    Random random = new Random(7);
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 200; i++) {
      circuit = circuit.failed(NOW, 0, random);
      Duration wait = Duration.between(NOW, circuit.closedUntil());
      longest = wait.compareTo(longest) > 0 ? wait : longest;
    }
    assertThat(longest).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
    assertThat(circuit.failed(NOW, 90_000, random).allows(NOW.plusSeconds(89))).isFalse();
  }
}
