package io.movingdata.consistency.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.PassShard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private static Schedule schedule(long light, long deep) {
    return new Schedule(
        new NodeConfig.Consistency(1000, light, deep, 1, 5, true, 3, 10, 0, false, null), START);
  }

  private static Optional<Pass> last(Pass.Kind kind, PassShard.State state, Instant end) {
    PassShard fresh = PassShard.fresh("s3", 0, 1, START);
    PassShard shard = Tally.of(fresh).into(fresh, state, null, null, 0, null, START);
    return Optional.of(
        new Pass("p", kind, true, false, "schedule", START, end, false, List.of(shard)));
  }

  @Test
  void theFirstPassWaitsUntilTheNodeHasSettled() {
    Schedule schedule = schedule(HOUR, 2 * HOUR);
    assertThat(schedule.due(Pass.Kind.LIGHT, Optional.empty(), START.plusSeconds(59))).isFalse();
    assertThat(schedule.due(Pass.Kind.LIGHT, Optional.empty(), START.plusSeconds(60))).isTrue();
    assertThat(schedule.due(Pass.Kind.DEEP, Optional.empty(), START.plusSeconds(3599))).isFalse();
    assertThat(schedule.due(Pass.Kind.DEEP, Optional.empty(), START.plusSeconds(3600))).isTrue();
  }

  @Test
  void anIntervalOfZeroMeansNever() {
    Instant late = START.plus(Duration.ofDays(99));
    assertThat(schedule(0, HOUR).due(Pass.Kind.LIGHT, Optional.empty(), late)).isFalse();
    assertThat(schedule(HOUR, 0).due(Pass.Kind.DEEP, Optional.empty(), late)).isFalse();
  }

  @Test
  void theNextPassComesAnIntervalAfterTheLastOneOfItsKind() {
    for (Pass.Kind kind : Pass.Kind.values()) {
      Optional<Pass> last = last(kind, PassShard.State.DONE, START);
      Schedule schedule = schedule(HOUR, HOUR);
      assertThat(schedule.due(kind, last, START.plusSeconds(3599))).isFalse();
      assertThat(schedule.due(kind, last, START.plusSeconds(3600))).isTrue();
    }
  }

  @Test
  void whileOneRunsNoOtherOfItsKindIsDue() {
    Optional<Pass> runs = last(Pass.Kind.DEEP, PassShard.State.RUNNING, null);
    Instant late = START.plus(Duration.ofDays(99));
    assertThat(schedule(HOUR, HOUR).due(Pass.Kind.DEEP, runs, late)).isFalse();
  }

  @Test
  void aLocationThatCouldNotBeReachedIsLookedAtSoon() {
    Optional<Pass> last = last(Pass.Kind.LIGHT, PassShard.State.UNREACHABLE, START);
    assertThat(schedule(HOUR, 0).due(Pass.Kind.LIGHT, last, START.plusSeconds(60))).isTrue();
  }
}
