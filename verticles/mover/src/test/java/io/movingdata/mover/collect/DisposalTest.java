package io.movingdata.mover.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisposalTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static Replica replica(String copyId, ReplicaState state) {
    return new Replica("s3", "key", ObjectFormat.FERNET, copyId, 0, "k", 1, null, null, state, NOW);
  }

  private static FileRecord file(boolean deleted, Replica... replicas) {
    return new FileRecord(
        "a",
        1,
        "c",
        1,
        "00",
        null,
        "s3",
        List.of(replicas),
        null,
        null,
        NOW,
        NOW,
        null,
        null,
        null,
        deleted);
  }

  private static Garbage entry(String reason, int attempts) {
    return new Garbage(
        "old", 1, "a", "s3", "key", null, null, reason, NOW, attempts, null, null, null, NOW, null,
        null);
  }

  private static Garbage of(String contentId) {
    return new Garbage(
        "old",
        1,
        "a",
        "s3",
        "key",
        null,
        null,
        "abandoned",
        NOW,
        0,
        null,
        null,
        null,
        NOW,
        contentId,
        null);
  }

  private static Disposal.Kind kind(Garbage entry, FileRecord file) {
    return Disposal.decide(entry, file).kind();
  }

  @Test
  void whatIsReferencedStaysAndIsForgottenInTheEnd() {
    FileRecord file = file(false, replica("old", ReplicaState.VERIFIED));
    assertThat(kind(entry("moved", 0), file)).isEqualTo(Disposal.Kind.REFERENCED);
    assertThat(kind(entry("moved", 3), file)).isEqualTo(Disposal.Kind.FORGET);
    assertThat(kind(entry("abandoned", 0), file)).isEqualTo(Disposal.Kind.REFERENCED);
  }

  @Test
  void aMovedCopyGoesOnlyAfterProof() {
    Replica kept = replica("new", ReplicaState.VERIFIED);
    Disposal disposal = Disposal.decide(entry("moved", 0), file(false, kept));
    assertThat(disposal.kind()).isEqualTo(Disposal.Kind.PROVE_THEN_DELETE);
    assertThat(disposal.proof()).containsExactly(kept);
  }

  @Test
  void anAbandonedCopyOfWhatTheFileHoldsGoesOnlyAfterProof() {
    FileRecord file = file(false, replica("new", ReplicaState.VERIFIED));
    assertThat(kind(of("c"), file)).isEqualTo(Disposal.Kind.PROVE_THEN_DELETE);
    assertThat(kind(of("other"), file)).isEqualTo(Disposal.Kind.DELETE);
    assertThat(kind(of("c"), file(true))).isEqualTo(Disposal.Kind.DELETE);
    FileRecord damaged = file(false, replica("new", ReplicaState.QUARANTINED));
    assertThat(kind(of("c"), damaged)).isEqualTo(Disposal.Kind.HOLD);
  }

  @Test
  void theLastGoodCopyIsHeld() {
    FileRecord file = file(false, replica("new", ReplicaState.QUARANTINED));
    assertThat(kind(entry("moved", 0), file)).isEqualTo(Disposal.Kind.HOLD);
  }

  @Test
  void copiesOfDeletedFilesAndAbandonedOnesNeedNoProof() {
    assertThat(kind(entry("deleted", 0), null)).isEqualTo(Disposal.Kind.DELETE);
    assertThat(kind(entry("deleted", 0), file(true))).isEqualTo(Disposal.Kind.DELETE);
    FileRecord file = file(false, replica("new", ReplicaState.QUARANTINED));
    assertThat(kind(entry("abandoned", 0), file)).isEqualTo(Disposal.Kind.DELETE);
  }
}
