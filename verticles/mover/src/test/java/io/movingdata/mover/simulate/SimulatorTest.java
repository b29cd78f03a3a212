package io.movingdata.mover.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Histories of a cluster of three nodes: uploads, moves, copies, deletions and reads that meet
 * crashes, frozen processes, lost, late and doubled messages, an unreliable store and lying
 * providers. {@code -Dsimulator.seed=N -Dsimulator.histories=M} begins elsewhere, or goes on for
 * longer.
 */
@ExtendWith(Quiet.class)
class SimulatorTest {
  @Test
  void noHistoryBreaksARule() {
    long first = Long.getLong("simulator.seed", 0);
    long histories = Long.getLong("simulator.histories", 2_000);
    for (long seed = first; seed < first + histories; seed++) {
      History history = History.of(seed, Mutant.NONE);
      if (history.finding() != null) {
        throw new AssertionError(history.shrunk(Mutant.NONE).report());
      }
    }
    assertThat(histories).isPositive();
  }
}
