package io.movingdata.consistency.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.PassShard;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepairGateTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static PassShard shard(String location, int slice, PassShard.State state) {
    return new PassShard(
        location + "/" + slice,
        location,
        slice,
        2,
        state,
        null,
        null,
        null,
        0,
        0,
        0,
        0,
        0,
        0,
        null,
        NOW);
  }

  private static Pass pass(
      String id, Pass.Kind kind, boolean repair, boolean insist, PassShard... shards) {
    return new Pass(id, kind, repair, insist, "somebody", NOW, NOW, false, List.of(shards));
  }

  private static Pass deep(boolean repair, boolean insist, PassShard... shards) {
    return pass("d", Pass.Kind.DEEP, repair, insist, shards);
  }

  private static Finding seenBy(String passId) {
    return Finding.first(
        FindingKind.CORRUPT, FindingState.OPEN, "s3", "f", "c", "k", "bad", passId, NOW);
  }

  private static boolean open(Pass latest) {
    return new RepairGate(List.of(latest), List.of()).open(seenBy(latest.id()));
  }

  @Test
  void nothingIsRepairedBeforeEverythingThereWasCompared() {
    PassShard done = shard("s3", 0, PassShard.State.DONE);
    assertThat(new RepairGate(List.of(), List.of()).open(seenBy("d"))).isFalse();
    assertThat(open(deep(true, false, done, shard("s3", 1, PassShard.State.RUNNING)))).isFalse();
    assertThat(
            open(
                deep(
                    true,
                    false,
                    done,
                    shard("s3", 1, PassShard.State.DONE),
                    shard("gcs", 0, PassShard.State.RUNNING))))
        .isTrue();
  }

  @Test
  void aBreakerAnOutageOrACancelledPassKeepsItShut() {
    for (PassShard.State state :
        List.of(PassShard.State.BREAKER, PassShard.State.UNREACHABLE, PassShard.State.CANCELLED)) {
      assertThat(open(deep(true, false, shard("s3", 0, state)))).as(state.toString()).isFalse();
    }
  }

  @Test
  void whoInsistsRepairsInSpiteOfTheBreaker() {
    PassShard broken = shard("s3", 0, PassShard.State.BREAKER);
    assertThat(open(deep(true, true, broken))).isTrue();
    assertThat(open(deep(false, true, broken))).isFalse();
  }

  @Test
  void whatALightPassSawDoesNotWaitForADeepOneThatTakesDays() {
    Pass light = pass("l2", Pass.Kind.LIGHT, true, false, shard("s3", 0, PassShard.State.DONE));
    Pass before = pass("l1", Pass.Kind.LIGHT, true, false, shard("s3", 0, PassShard.State.DONE));
    Pass deep = deep(true, false, shard("s3", 0, PassShard.State.RUNNING));
    RepairGate gate = new RepairGate(List.of(deep, light), List.of(before));
    assertThat(gate.open(seenBy("l2"))).isTrue();
    assertThat(gate.open(seenBy("l1"))).isTrue();
    assertThat(gate.open(seenBy("d"))).as("its breaker may trip yet").isFalse();
    assertThat(gate.open(seenBy("resync-1"))).as("nobody knows which pass").isFalse();
  }

  @Test
  void aLightPassThatFindsLittleDoesNotOpenWhatADeepOneHasShut() {
    Pass light = pass("l", Pass.Kind.LIGHT, true, false, shard("s3", 0, PassShard.State.DONE));
    Pass deep = deep(true, false, shard("s3", 0, PassShard.State.BREAKER));
    RepairGate gate = new RepairGate(List.of(light, deep), List.of());
    assertThat(gate.open(seenBy("d"))).isFalse();
    assertThat(gate.open(seenBy("l"))).isTrue();
  }
}
