package io.movingdata.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyCodeHasItsStatusTypeAndTitle(ErrorCode code) {
    Problem problem = Problem.of(MovingDataException.of(code, "why"));

    assertThat(problem.status()).isEqualTo(code.httpStatus());
    assertThat(problem.body("/x", "t").path("type").asText()).isEqualTo("/problems/" + code.slug());
    assertThat(problem.body("/x", "t").path("detail").asText()).isEqualTo("why");
    assertThat(problem.answer("/x", "t").headers().containsKey("Retry-After"))
        .isEqualTo(code.retryable() && code.httpStatus() > 500);
  }

  @Test
  void ofAnUnexpectedFailureOnlyAnIncidentIdIsShown() {
    Problem problem = Problem.of(new IllegalStateException("secret inside"));

    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.incident()).isTrue();
    assertThat(problem.body("/x", "t").toString()).doesNotContain("secret").contains("incident ");
  }

  @Test
  void aWaitThatWasAskedForIsRoundedUpToSeconds() {
    MovingDataException busy = MovingDataException.of(ErrorCode.PROVIDER_BUSY, "busy");

    assertThat(Problem.of(busy.withRetryAfterMs(1_001)).retryAfterS()).isEqualTo(2);
  }

  @Test
  void fieldsAtFaultAreListed() {
    Problem problem = Problem.of(MovingDataException.invalid("target", "is missing"));

    assertThat(problem.body("/x", "t").at("/errors/0/field").asText()).isEqualTo("target");
  }
}
