package io.movingdata.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Work may wait a while after its time, and a while after the last fault. */
class LimitsTest {
  private static final Instant DUE = Instant.ofEpochSecond(1_000);

  @Test
  void atRestWhatIsDueIsOverdue() {
    Limits limits = Limits.atRest(Duration.ofHours(1));
    assertThat(limits.overdue(DUE, DUE)).isFalse();
    assertThat(limits.overdue(DUE, DUE.plusMillis(1))).isTrue();
  }

  @Test
  void convergenceCountsFromTheTimeOfTheWorkOrTheEndOfTheFaults() {
    Duration minute = Duration.ofMinutes(1);
    Limits running = new Limits(minute, minute, null);
    assertThat(running.overdue(DUE, DUE.plusSeconds(60))).isFalse();
    assertThat(running.overdue(DUE, DUE.plusSeconds(61))).isTrue();
    Limits faulty = new Limits(minute, minute, DUE.plusSeconds(100));
    assertThat(faulty.overdue(DUE, DUE.plusSeconds(160))).isFalse();
    assertThat(faulty.overdue(DUE, DUE.plusSeconds(161))).isTrue();
  }
}
