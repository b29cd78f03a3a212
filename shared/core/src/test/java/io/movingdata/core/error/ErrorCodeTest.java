package io.movingdata.core.error;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
  /** Nodes of different versions talk to one another: a number keeps its meaning for ever. */
  private static final Map<String, Integer> WIRE =
      Map.ofEntries(
          entry("INVALID_REQUEST", 100),
          entry("UNAUTHENTICATED", 101),
          entry("FORBIDDEN", 102),
          entry("OBJECT_NOT_FOUND", 110),
          entry("MOVE_NOT_FOUND", 111),
          entry("UNKNOWN_PATH", 112),
          entry("UNKNOWN_LOCATION", 113),
          entry("METHOD_NOT_ALLOWED", 114),
          entry("MOVE_IN_PROGRESS", 120),
          entry("VERSION_CONFLICT", 122),
          entry("CONFLICT", 123),
          entry("PRECONDITION_FAILED", 124),
          entry("TOO_LARGE", 125),
          entry("UNSUPPORTED_MEDIA_TYPE", 126),
          entry("RANGE_NOT_SATISFIABLE", 127),
          entry("POLICY_DENIED", 130),
          entry("KEY_REUSED", 131),
          entry("CHECKSUM_MISMATCH", 200),
          entry("CORRUPT_OBJECT", 201),
          entry("PROVIDER_REJECTED", 210),
          entry("PROVIDER_BUSY", 211),
          entry("PROVIDER_DOWN", 212),
          entry("SESSION_LOST", 213),
          entry("CATALOG_DOWN", 220),
          entry("KEY_MISSING", 230),
          entry("OVERLOADED", 240),
          entry("SERVICE_ABSENT", 300),
          entry("SERVICE_TIMEOUT", 301),
          entry("INTERNAL", 900));

  @Test
  void wireNumbersAreUniqueAndNeverChange() {
    Map<String, Integer> now =
        Arrays.stream(ErrorCode.values())
            .collect(Collectors.toMap(ErrorCode::name, ErrorCode::wire));
    assertThat(now).containsExactlyInAnyOrderEntriesOf(WIRE);
    assertThat(now.values()).doesNotHaveDuplicates();
  }

  @Test
  void aNumberLeadsBackToItsCodeAndAnUnknownOneToInternal() {
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(ErrorCode.ofWire(code.wire())).isEqualTo(code);
    }
    assertThat(ErrorCode.ofWire(4711)).isEqualTo(ErrorCode.INTERNAL);
  }

  @Test
  void slugsAreTheNamesInLowerCaseWithDashes() {
    assertThat(ErrorCode.OBJECT_NOT_FOUND.slug()).isEqualTo("object-not-found");
    assertThat(ErrorCode.values())
        .extracting(ErrorCode::slug)
        .doesNotHaveDuplicates()
        .allSatisfy(slug -> assertThat(slug).matches("[a-z]+(-[a-z]+)*"));
  }

  @Test
  void everyStatusIsAnErrorAndOnlyOneIsOurFault() {
    assertThat(ErrorCode.values())
        .allSatisfy(code -> assertThat(code.httpStatus()).isBetween(400, 504))
        .filteredOn(code -> code.httpStatus() == 500)
        .containsExactly(ErrorCode.INTERNAL);
  }

  @Test
  void whatIsBusyMayBeTriedAgainAndWhatIsForbiddenMayNot() {
    assertThat(ErrorCode.values())
        .filteredOn(code -> code.httpStatus() == 503)
        .allMatch(ErrorCode::retryable);
    assertThat(ErrorCode.values())
        .filteredOn(code -> code.httpStatus() < 500 && code != ErrorCode.VERSION_CONFLICT)
        .noneMatch(ErrorCode::retryable);
  }

  @Test
  void anInvalidRequestNamesEachFieldInItsMessage() {
    MovingDataException refusal =
        MovingDataException.invalid(
            List.of(
                new MovingDataException.FieldError("target", "is missing"),
                new MovingDataException.FieldError("file_id", "is too long")));
    assertThat(refusal).hasMessage("target: is missing; file_id: is too long");
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(MovingDataException.isRetryable(refusal)).isFalse();
    assertThat(MovingDataException.is(refusal, ErrorCode.INVALID_REQUEST)).isTrue();
  }
}
