package io.movingdata.core.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameLayoutTest {

  @ParameterizedTest
  @CsvSource({
    "0,42",
    "999,42",
    "1000,84",
    "1999,84",
    "2000,168",
    "2999,168",
    "3000,336",
    "9999,336"
  })
  void aFullFrameFillsItsUnits(int index, int units) {
    assertThat(FrameLayout.storedLength(index)).isEqualTo(units * 262_144);
    assertThat(FrameLayout.contentCapacity(index)).isEqualTo(196_608 * units - 97 - 32);
    long token = Fernet.tokenLength(32 + FrameLayout.contentCapacity(index));
    assertThat(token).isEqualTo(262_144L * units - 52);
    assertThat(FrameLayout.storedLengthOf(FrameLayout.contentCapacity(index)))
        .isEqualTo(FrameLayout.storedLength(index));
  }

  @Test
  void anyLastFrameIsAlignedAndEndsWithANewline() {
    Random random = new Random(1);
    for (int round = 0; round < 10_000; round++) {
      int content = 1 + random.nextInt(FrameLayout.contentCapacity(9_999));
      int stored = FrameLayout.storedLengthOf(content);
      long newlines = stored - Fernet.tokenLength(32 + content);
      assertThat(stored % FrameLayout.UNIT).isZero();
      assertThat(newlines).isBetween(1L, (long) FrameLayout.UNIT);
    }
  }

  @Test
  void framesFollowEachOtherWithoutGapOrOverlap() {
    long content = 0;
    long stored = 0;
    for (int index = 0; index < FrameLayout.MAX_FRAMES; index++) {
      assertThat(FrameLayout.contentOffset(index)).isEqualTo(content);
      assertThat(FrameLayout.storedOffset(index)).isEqualTo(stored);
      assertThat(FrameLayout.frameAtContent(content)).isEqualTo(index);
      assertThat(FrameLayout.frameAtStored(stored)).isEqualTo(index);
      content += FrameLayout.contentCapacity(index);
      stored += FrameLayout.storedLength(index);
      assertThat(FrameLayout.frameAtContent(content - 1)).isEqualTo(index);
      assertThat(FrameLayout.frameAtStored(stored - 1)).isEqualTo(index);
    }
    assertThat(FrameLayout.contentOffset(FrameLayout.MAX_FRAMES)).isEqualTo(content);
    assertThat(FrameLayout.storedOffset(FrameLayout.MAX_FRAMES)).isEqualTo(stored);
    assertThat(FrameLayout.MAX_CONTENT).isEqualTo(content).isEqualTo(520_223_478_000L);
  }

  @Test
  void beyondTheLastFrameIsAClearError() {
    String message = "an object holds at most 520223478000 bytes (10000 frames)";
    assertThatThrownBy(() -> FrameLayout.contentCapacity(10_000))
        .isInstanceOf(ContentTooLargeException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> FrameLayout.contentOffset(10_001))
        .isInstanceOf(ContentTooLargeException.class);
    assertThatThrownBy(() -> FrameLayout.frameAtContent(FrameLayout.MAX_CONTENT))
        .isInstanceOf(ContentTooLargeException.class);
    assertThatThrownBy(() -> FrameLayout.frameAtStored(FrameLayout.storedOffset(10_000)))
        .isInstanceOf(ContentTooLargeException.class);
    assertThatThrownBy(() -> new ObjectLayout(FrameLayout.MAX_CONTENT + 1))
        .isInstanceOf(ContentTooLargeException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE})
  void aNegativeIndexIsRefused(int index) {
    assertThatThrownBy(() -> FrameLayout.storedLength(index))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FrameLayout.storedOffset(index))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
