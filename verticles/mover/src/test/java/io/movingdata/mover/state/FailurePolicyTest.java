package io.movingdata.mover.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.mover.state.FailurePolicy.Kind;
import io.movingdata.mover.state.FailurePolicy.Verdict;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
  private final FailurePolicy policy =
      new FailurePolicy(new NodeConfig.Mover(4, 6000, 1000, 3, 100, 1000, 10, 0));

  private Verdict decide(ErrorCode code, int attempts) {
    return policy.decide(MovingDataException.of(code, "why"), attempts, new Random(1));
  }

  @Test
  void anOutageIsWaitedForWithoutEnd() {
    for (int attempts = 0; attempts < 100; attempts++) {
      Verdict verdict = decide(ErrorCode.PROVIDER_DOWN, attempts);
      assertThat(verdict.kind()).isEqualTo(Kind.RESUME);
      assertThat(verdict.counted()).isFalse();
      assertThat(verdict.waitMs()).isBetween(1L, 1000L);
    }
  }

  @Test
  void theWaitThatTheProviderAskedForIsKept() {
    MovingDataException busy =
        MovingDataException.of(ErrorCode.PROVIDER_BUSY, "slow down").withRetryAfterMs(7000);
    assertThat(policy.decide(busy, 0, new Random(1)).waitMs()).isEqualTo(7000);
  }

  @Test
  void aRefusalIsTriedABoundedNumberOfTimes() {
    assertThat(decide(ErrorCode.PROVIDER_REJECTED, 0).kind()).isEqualTo(Kind.RESUME);
    assertThat(decide(ErrorCode.PROVIDER_REJECTED, 2).kind()).isEqualTo(Kind.STUCK);
  }

  @Test
  void aWrongChecksumStartsANewCopy() {
    assertThat(decide(ErrorCode.CHECKSUM_MISMATCH, 0).kind()).isEqualTo(Kind.RESTART);
  }

  @Test
  void aMissingKeyIsHopeless() {
    assertThat(decide(ErrorCode.KEY_MISSING, 0).kind()).isEqualTo(Kind.STUCK);
  }

  @Test
  void whatAPersonMustDecideIsNotTriedAgain() {
    assertThat(decide(ErrorCode.POLICY_DENIED, 0).kind()).isEqualTo(Kind.STUCK);
  }

  @Test
  void anUnexpectedFailureShowsNoDetail() {
    Verdict verdict = policy.decide(new IllegalStateException("inside"), 0, new Random(1));
    assertThat(verdict.error()).doesNotContain("inside");
  }
}
