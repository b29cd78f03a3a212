package io.movingdata.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  record Sample(
      String fileId, Instant createdAt, long sizeBytes, List<String> roles, Optional<String> note) {
    Sample {
      if (sizeBytes < 0) {
        throw MovingDataException.invalid("size_bytes", "must not be negative");
      }
    }
  }

  private static final Sample SAMPLE =
      new Sample(
          "Ordner/größe.txt",
          Instant.parse("2026-11-24T07:00:00.123456Z"),
          Long.MAX_VALUE,
          null,
          Optional.of("n"));

  @Test
  void namesAreSnakeCaseTimesAreIsoAndNothingStandsForNull() {
    assertThat(Json.toBuffer(SAMPLE).toString())
        .isEqualTo(
            "{\"file_id\":\"Ordner/größe.txt\",\"created_at\":\"2026-11-24T07:00:00.123456Z\","
                + "\"size_bytes\":9223372036854775807,\"note\":\"n\"}");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    assertThat(Json.fromBuffer(Json.toBuffer(SAMPLE), Sample.class)).isEqualTo(SAMPLE);
    assertThat(Json.fromObject(Json.toObject(SAMPLE), Sample.class)).isEqualTo(SAMPLE);
  }

  @Test
  void aFieldOfANewerNodeIsIgnoredOnTheBusAndRefusedFromAClient() {
    String newer = "{\"file_id\":\"a\",\"colour\":\"red\"}";
    assertThat(Json.fromBuffer(Buffer.buffer(newer), Sample.class).fileId()).isEqualTo("a");
    assertThatThrownBy(() -> Json.strictMapper().readValue(newer, Sample.class))
        .isInstanceOf(UnrecognizedPropertyException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{} {}",
        "{\"file_id\":\"a\",\"file_id\":\"b\"}",
        "{\"size_bytes\":1.5}",
        "{\"created_at\":\"yesterday\"}",
      })
  void whatIsNotOfTheShapeIsAnInvalidRequestWithoutAnyOfItsText(String text) {
    Throwable failure = catchThrowable(() -> Json.fromBuffer(Buffer.buffer(text), Sample.class));
    assertThat(MovingDataException.is(failure, ErrorCode.INVALID_REQUEST)).isTrue();
    assertThat(failure).hasMessage("not a valid Sample");
  }

  @Test
  void aRecordsOwnRefusalComesThrough() {
    Buffer negative = Buffer.buffer("{\"size_bytes\":-1}");
    assertThatThrownBy(() -> Json.fromBuffer(negative, Sample.class))
        .isInstanceOf(MovingDataException.class)
        .hasMessage("size_bytes: must not be negative");
  }
}
