package io.movingdata.mover.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import org.junit.jupiter.api.Test;

class StepTest {
  private static final Replica SOURCE = Sample.replica("s3", "a".repeat(32));
  private static final Replica COPY = Sample.replica("gcs", "d".repeat(32));
  private static final Replica OTHER = Sample.replica("gcs", "e".repeat(32));
  private static final FileRecord FILE = Sample.file(SOURCE);
  private static final MoveRecord PLANNED = Sample.claimed(MoveKind.MOVE);
  private static final MoveRecord COPYING = MoveMachine.copying(PLANNED, COPY);
  private static final MoveRecord VERIFIED = MoveMachine.verified(COPYING, COPY);

  @Test
  void namesCopiesAndSwitches() {
    assertThat(Step.next(PLANNED, FILE)).isEqualTo(Step.NAME_COPY);
    assertThat(Step.next(COPYING, FILE)).isEqualTo(Step.COPY);
    assertThat(Step.next(VERIFIED, FILE)).isEqualTo(Step.SWITCH);
  }

  @Test
  void findsASwitchThatWasMadeBeforeACrash() {
    FileRecord switched = Sample.file(COPY);
    assertThat(Step.next(VERIFIED, switched)).isEqualTo(Step.RECORD_COMMIT);
    assertThat(Step.next(COPYING, switched)).isEqualTo(Step.RECORD_COMMIT);
  }

  @Test
  void aCancelComesTooLateAfterTheSwitch() {
    MoveRecord cancelled = MoveMachine.requestCancel(VERIFIED);
    assertThat(Step.next(cancelled, FILE)).isEqualTo(Step.ABORT);
    assertThat(Step.next(cancelled, Sample.file(COPY))).isEqualTo(Step.RECORD_COMMIT);
  }

  @Test
  void undoesItselfWhenTheFileIsGoneOrHoldsOtherContent() {
    assertThat(Step.next(COPYING, null)).isEqualTo(Step.ABORT);
    FileRecord overwritten = Placements.deleted(FILE, Sample.NOW);
    FileRecord other =
        new FileRecord(
            FILE.id(),
            9,
            "f".repeat(32),
            1,
            "00",
            null,
            "s3",
            FILE.replicas(),
            null,
            null,
            Sample.NOW,
            Sample.NOW,
            null,
            null,
            null,
            false);
    assertThat(Step.next(VERIFIED, other)).isEqualTo(Step.ABORT);
    assertThat(overwritten.deleted()).isTrue();
  }

  @Test
  void promotesAVerifiedCopyAtTheTargetAndNeverAQuarantinedOne() {
    assertThat(Step.next(PLANNED, Sample.file(SOURCE, OTHER))).isEqualTo(Step.PROMOTE);
    Replica bad = OTHER.in(ReplicaState.QUARANTINED, Sample.NOW);
    assertThat(Step.next(PLANNED, Sample.file(SOURCE, bad))).isEqualTo(Step.NAME_COPY);
  }

  @Test
  void aCopyThatWasNotWholeIsReplacedAndStaysUntilTheNewOneStands() {
    FileRecord file = Sample.file(SOURCE, OTHER);
    assertThat(Step.next(COPYING, file)).isEqualTo(Step.COPY);
    assertThat(Step.next(VERIFIED, file)).isEqualTo(Step.SET_ASIDE);
    Replica aside = OTHER.in(ReplicaState.QUARANTINED, Sample.NOW);
    assertThat(Step.next(VERIFIED, Sample.file(SOURCE, aside))).isEqualTo(Step.SWITCH);
    assertThat(Step.next(MoveMachine.requestCancel(VERIFIED), file)).isEqualTo(Step.ABORT);
  }

  @Test
  void aFileThatIsThereAlreadyNeedsNothing() {
    assertThat(Step.next(PLANNED, Sample.file(OTHER))).isEqualTo(Step.RECORD_COMMIT);
    assertThat(Step.next(COPYING, Sample.file(OTHER))).isEqualTo(Step.ABORT);
    MoveRecord copy = Sample.claimed(MoveKind.COPY);
    assertThat(Step.next(copy, Sample.file(SOURCE, OTHER))).isEqualTo(Step.RECORD_COMMIT);
  }

  @Test
  void finishesWhatIsCommitted() {
    MoveRecord committed = MoveMachine.committed(VERIFIED, Sample.NOW);
    assertThat(Step.next(committed, null)).isEqualTo(Step.FINISH);
  }
}
