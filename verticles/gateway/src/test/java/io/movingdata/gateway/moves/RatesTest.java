package io.movingdata.gateway.moves;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.Events.MoveEvent;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RatesTest {
  private final Rates rates = new Rates();

  private static MoveEvent event(MoveState state, long done, double rate) {
    return new MoveEvent(
        "m", "f", MoveKind.MOVE, "s3", "gcs", state, done, 100, rate, null, null, Instant.EPOCH);
  }

  @Test
  void theLastRateCountsForAWhile() {
    rates.heard(event(MoveState.COPYING, 40, 20), 0);

    assertThat(rates.rate("m", 1)).isEqualTo(20);
    assertThat(rates.bytesDone("m", 1)).isEqualTo(40);
    assertThat(rates.rate("m", 20_000_000_000L)).isZero();
    assertThat(rates.rate("other", 1)).isZero();
  }

  @Test
  void aMoveThatIsOverHasNoRate() {
    rates.heard(event(MoveState.COPYING, 40, 20), 0);
    rates.heard(event(MoveState.DONE, 100, 0), 1);

    assertThat(rates.rate("m", 2)).isZero();
    assertThat(rates.bytesDone("m", 2)).isZero();
  }
}
