package io.movingdata.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final FileRecord FILE =
      new FileRecord(
          "f",
          1,
          "c",
          1,
          "aa",
          "text/plain",
          "s3",
          List.of(),
          List.of(),
          null,
          Instant.EPOCH,
          Instant.parse("2026-01-02T03:04:05.678Z"),
          null,
          null,
          null,
          false);

  private static Conditions of(String ifMatch, String ifNoneMatch) {
    return new Conditions(ifMatch, ifNoneMatch, null, null);
  }

  private static boolean allows(Conditions conditions, FileRecord file) {
    try {
      conditions.requireForChange(file);
      return true;
    } catch (MovingDataException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
      return false;
    }
  }

  @Test
  void aChangeNeedsTheTagThatItNames() {
    assertThat(allows(of(null, null), null)).isTrue();
    assertThat(allows(of("\"aa\"", null), FILE)).isTrue();
    assertThat(allows(of("\"x\", \"aa\"", null), FILE)).isTrue();
    assertThat(allows(of("*", null), FILE)).isTrue();
    assertThat(allows(of("W/\"aa\"", null), FILE)).isFalse();
    assertThat(allows(of("\"x\"", null), FILE)).isFalse();
    assertThat(allows(of("*", null), null)).isFalse();
    assertThat(allows(of("\"aa\"", null), null)).isFalse();
  }

  @Test
  void onlyIfThereIsNone() {
    assertThat(allows(of(null, "*"), null)).isTrue();
    assertThat(allows(of(null, "*"), FILE)).isFalse();
    assertThat(allows(of(null, "\"aa\""), FILE)).isFalse();
    assertThat(allows(of(null, "\"bb\""), FILE)).isTrue();
  }

  @Test
  void aTagWithoutQuotesIsMalformed() {
    assertThatThrownBy(() -> of("aa", null).requireForChange(FILE))
        .hasMessageContaining("If-Match");
    assertThatCode(() -> of("\"aa\" , ", null).requireForChange(FILE)).doesNotThrowAnyException();
  }

  @Test
  void aReaderThatHasItIsToldSo() {
    assertThat(of(null, "W/\"aa\"").notModified(FILE)).isTrue();
    assertThat(of(null, "*").notModified(FILE)).isTrue();
    assertThat(of(null, "\"bb\"").notModified(FILE)).isFalse();
    assertThat(since("Fri, 2 Jan 2026 03:04:05 GMT").notModified(FILE)).isTrue();
    assertThat(since("Fri, 2 Jan 2026 03:04:04 GMT").notModified(FILE)).isFalse();
    assertThat(since("tomorrow").notModified(FILE)).isFalse();
  }

  private static Conditions since(String date) {
    return new Conditions(null, null, date, null);
  }

  @Test
  void aRangeIsSentOnlyOfTheContentThatIsMeant() {
    assertThat(ifRange("\"aa\"")).isTrue();
    assertThat(ifRange("\"bb\"")).isFalse();
    assertThat(ifRange("W/\"aa\"")).isFalse();
    assertThat(ifRange("Fri, 2 Jan 2026 03:04:05 GMT")).isTrue();
    assertThat(ifRange("Fri, 2 Jan 2026 03:04:06 GMT")).isFalse();
  }

  private static boolean ifRange(String value) {
    return new Conditions(null, null, null, value).rangeAllowed(FILE);
  }
}
