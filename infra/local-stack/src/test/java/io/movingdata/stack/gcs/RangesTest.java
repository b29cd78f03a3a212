package io.movingdata.stack.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,1",
    "bytes=5-,5,5",
    "bytes=5-100,5,5",
    "bytes=-3,7,3",
    "bytes=-30,0,10",
    "bytes=10-,10,0",
    "bytes=-0,10,0"
  })
  void aByteRangeIsCutToTheObject(String header, long first, long length) {
    assertThat(ByteRange.parse(header, 10)).contains(new ByteRange(first, length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bytes=-", "bytes=3-2", "bytes=a-b", "items=0-1", "bytes=0-1,3-4"})
  void whatIsNoByteRangeMeansEverything(String header) {
    assertThat(ByteRange.parse(header, 10)).isEmpty();
  }

  @Test
  void aRangeOfAnEmptyObjectLiesOutsideIt() {
    assertThat(ByteRange.parse("bytes=0-", 0)).contains(new ByteRange(0, 0));
  }

  @Test
  void chunksAndQueriesAreToldApart() throws Exception {
    ContentRange open = ContentRange.parse("bytes 0-9/*", 10);
    assertThat(open.completes()).isFalse();
    assertThat(open.query()).isFalse();
    ContentRange last = ContentRange.parse("bytes 10-19/20", 10);
    assertThat(last.completes()).isTrue();
    assertThat(last.first()).isEqualTo(10);
    ContentRange query = ContentRange.parse("bytes */20", 0);
    assertThat(query.query()).isTrue();
    assertThat(query.completes()).isFalse();
    assertThat(query.total()).isEqualTo(OptionalLong.of(20));
    assertThat(ContentRange.parse("bytes */*", 0).total()).isEmpty();
    ContentRange whole = ContentRange.parse(null, 7);
    assertThat(whole.completes()).isTrue();
    assertThat(whole.total()).isEqualTo(OptionalLong.of(7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 9-0/20",
        "bytes 0-9/5",
        "bytes 0-8/20",
        "bytes 0-9",
        "0-9/20",
        "bytes a-b/c"
      })
  void aContentRangeThatContradictsItselfOrTheBodyIsRefused(String header) {
    assertThatThrownBy(() -> ContentRange.parse(header, 10)).isInstanceOf(GcsException.class);
  }
}
