package io.movingdata.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangesTest {
  @Test
  void aPartNamesItsBytesAndLeavesTheLengthOpen() {
    assertThat(ContentRanges.part(0, 262_144)).isEqualTo("bytes 0-262143/*");
    assertThat(ContentRanges.part(262_144, 786_432)).isEqualTo("bytes 262144-786431/*");
  }

  @Test
  void theLastPartNamesTheLength() {
    assertThat(ContentRanges.lastPart(262_144, 262_145)).isEqualTo("bytes 262144-262144/262145");
  }

  @Test
  void aLastPartWithoutBytesOnlyNamesTheLength() {
    assertThat(ContentRanges.lastPart(0, 0)).isEqualTo("bytes */0");
    assertThat(ContentRanges.lastPart(7, 7)).isEqualTo("bytes */7");
  }

  @Test
  void noRangeMeansThatNothingIsHeld() {
    assertThat(ContentRanges.persisted(null)).isEqualTo(OptionalLong.of(0));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,1",
    "bytes=0-262143,262144",
    "0-524287,524288",
    "bytes=0-5000000000,5000000001"
  })
  void theRangeOfA308IsInclusive(String range, long bytes) {
    assertThat(ContentRanges.persisted(range)).isEqualTo(OptionalLong.of(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes=",
        "bytes=1-5",
        "bytes=0--1",
        "bytes=0-x",
        "bytes=0-9999999999999999999",
        "bytes=0-1,2-3"
      })
  void nonsenseIsNoNumber(String range) {
    assertThat(ContentRanges.persisted(range)).isEmpty();
  }

  @Test
  void aReadAndItsAnswerNameTheSameBytes() {
    assertThat(ContentRanges.read(5, 10)).isEqualTo("bytes=5-9");
    assertThat(ContentRanges.answer(5, 10, 100)).isEqualTo("bytes 5-9/100");
  }
}
