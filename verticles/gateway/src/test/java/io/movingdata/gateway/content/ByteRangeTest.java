package io.movingdata.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-9, 0, 10",
    "bytes=0-999, 0, 10",
    "bytes=5-, 5, 5",
    "bytes=9-9, 9, 1",
    "bytes=-3, 7, 3",
    "bytes=-100, 0, 10",
    "BYTES = 2-4, 2, 3"
  })
  void aSingleRangeIsCutToTheContent(String header, long offset, long length) {
    assertThat(ByteRange.parse(header, 10)).hasValue(new ByteRange(offset, length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,3-4",
        "items=0-1",
        "bytes=5-4",
        "bytes=-",
        "bytes=a-b",
        "bytes 0-1",
        ""
      })
  void whatIsNotOneRangeMeansTheWhole(String header) {
    assertThat(ByteRange.parse(header, 10)).isEmpty();
  }

  @Test
  void aRangeOutsideCannotBeSatisfied() {
    assertThat(ByteRange.parse("bytes=10-", 10).orElseThrow().satisfiable()).isFalse();
    assertThat(ByteRange.parse("bytes=-0", 10).orElseThrow().satisfiable()).isFalse();
    assertThat(ByteRange.parse("bytes=0-", 0).orElseThrow().satisfiable()).isFalse();
    assertThat(ByteRange.OUTSIDE.describe(10)).isEqualTo("bytes */10");
    assertThat(new ByteRange(2, 3).describe(10)).isEqualTo("bytes 2-4/10");
    assertThat(ByteRange.parse(null, 10)).isEmpty();
  }
}
