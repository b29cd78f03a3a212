package io.movingdata.mover.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.Replica;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MoveMachineTest {
  private static final Replica COPY = Sample.replica("gcs", "d".repeat(32));

  @Test
  void goesThroughItsStatesInOrder() {
    MoveRecord move = Sample.claimed(MoveKind.MOVE);
    assertThat(move.state()).isEqualTo(MoveState.PLANNED);
    assertThat(move.epoch()).isEqualTo(1);
    move = MoveMachine.copying(move, COPY);
    assertThat(move.state()).isEqualTo(MoveState.COPYING);
    move = MoveMachine.verified(move, COPY);
    assertThat(move.state()).isEqualTo(MoveState.VERIFIED);
    move = MoveMachine.committed(move, Sample.NOW);
    assertThat(move.committedAt()).isEqualTo(Sample.NOW);
    move = MoveMachine.done(move, Sample.NOW);
    assertThat(move.state().terminal()).isTrue();
    assertThat(move.owner()).isNull();
  }

  @Test
  void aMoveWhoseCopyIsNamedBeginsItWhenItIsClaimed() {
    MoveRecord named =
        MoveMachine.named(Sample.planned(MoveKind.MOVE), Sample.replica("gcs", "n".repeat(32)));
    assertThat(named.state()).isEqualTo(MoveState.PLANNED);
    MoveRecord claimed = MoveMachine.claim(named, "a", Sample.NOW, Sample.LEASE);
    assertThat(claimed.state()).isEqualTo(MoveState.COPYING);
    assertThat(claimed.copy()).isEqualTo(named.copy());
    refuses(named, move -> MoveMachine.named(move, Sample.replica("gcs", "m".repeat(32))));
  }

  @Test
  void aClaimedMoveIsNobodyElsesUntilTheLeaseIsOver() {
    MoveRecord move = Sample.claimed(MoveKind.MOVE);
    assertThat(MoveMachine.claimable(move, Sample.NOW.plusSeconds(5))).isFalse();
    assertThat(MoveMachine.claimable(move, Sample.NOW.plusSeconds(7))).isTrue();
    MoveRecord taken = MoveMachine.claim(move, "node-b", Sample.NOW.plusSeconds(7), Sample.LEASE);
    assertThat(taken.epoch()).isEqualTo(2);
    assertThat(MoveMachine.heldBy(taken, "node-a", 1)).isFalse();
  }

  @Test
  void aWaitingMoveResumesItsCopy() {
    MoveRecord copying = MoveMachine.copying(Sample.claimed(MoveKind.MOVE), COPY);
    MoveRecord waiting = MoveMachine.retryLater(copying, "down", Sample.NOW.plusSeconds(3), false);
    assertThat(waiting.attempts()).isZero();
    assertThat(MoveMachine.claimable(waiting, Sample.NOW.plusSeconds(2))).isFalse();
    MoveRecord again =
        MoveMachine.claim(waiting, "node-b", Sample.NOW.plusSeconds(4), Sample.LEASE);
    assertThat(again.state()).isEqualTo(MoveState.COPYING);
    assertThat(again.copy()).isEqualTo(COPY);
  }

  @Test
  void aStuckMoveHasNoCopyAndStartsAgainWhenRetried() {
    MoveRecord stuck =
        MoveMachine.stuck(MoveMachine.copying(Sample.claimed(MoveKind.MOVE), COPY), "broken");
    assertThat(stuck.copy()).isNull();
    assertThat(MoveMachine.claimable(stuck, Sample.NOW.plusSeconds(99))).isFalse();
    MoveRecord retried = MoveMachine.retry(stuck);
    assertThat(retried.state()).isEqualTo(MoveState.PLANNED);
    assertThat(MoveMachine.claimable(retried, Sample.NOW)).isTrue();
  }

  @Test
  void aMoveThatWaitsGoesOnAtOnceWhenRetried() {
    MoveRecord copying = MoveMachine.copying(Sample.claimed(MoveKind.MOVE), COPY);
    MoveRecord waiting =
        MoveMachine.retryLater(copying, "away", Sample.NOW.plusSeconds(3_600), false);
    assertThat(MoveMachine.claimable(waiting, Sample.NOW)).isFalse();

    MoveRecord retried = MoveMachine.retry(waiting);

    assertThat(MoveMachine.claimable(retried, Sample.NOW)).isTrue();
    assertThat(retried.copy()).isEqualTo(COPY);
    refuses(copying, MoveMachine::retry);
  }

  @Test
  void whatIsCommittedIsNeitherCancelledNorAbortedNorGivenUp() {
    MoveRecord committed = MoveMachine.committed(Sample.claimed(MoveKind.MOVE), Sample.NOW);
    refuses(committed, MoveMachine::requestCancel);
    refuses(committed, move -> MoveMachine.aborting(move, "no"));
    refuses(committed, move -> MoveMachine.stuck(move, "no"));
    refuses(committed, move -> MoveMachine.retryLater(move, "no", Sample.NOW, true));
  }

  @Test
  void onlyAVerifiedOrPromotedMoveMayFollowTheOrder() {
    MoveRecord planned = Sample.claimed(MoveKind.MOVE);
    refuses(planned, move -> MoveMachine.verified(move, COPY));
    refuses(planned, move -> MoveMachine.done(move, Sample.NOW));
    refuses(planned, move -> MoveMachine.aborted(move, Sample.NOW));
    refuses(planned, MoveMachine::retry);
  }

  @Test
  void cancellingAStuckMoveUndoesItAndARunningOneIsAsked() {
    MoveRecord running = Sample.claimed(MoveKind.MOVE);
    assertThat(MoveMachine.requestCancel(running).cancelRequested()).isTrue();
    assertThat(MoveMachine.requestCancel(running).state()).isEqualTo(MoveState.PLANNED);
    MoveRecord stuck = MoveMachine.stuck(running, "broken");
    MoveRecord cancelled = MoveMachine.requestCancel(stuck);
    assertThat(cancelled.state()).isEqualTo(MoveState.ABORTING);
    assertThat(MoveMachine.claimable(cancelled, Sample.NOW)).isTrue();
  }

  private static void refuses(MoveRecord move, UnaryOperator<MoveRecord> transition) {
    assertThatThrownBy(() -> transition.apply(move)).isInstanceOf(MovingDataException.class);
  }
}
