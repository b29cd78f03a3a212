package io.movingdata.core.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectLayoutTest {
  private static final int CAPACITY = FrameLayout.singleCapacity();

  @ParameterizedTest
  @CsvSource({
    "0,fernet,1,100",
    "15,fernet,1,100",
    "16,fernet,1,120",
    "8257406,fernet,1,11009956",
    "8257407,fernet,1,11009956",
    "8257408,fernet-frames,2,11272192",
    "16514813,fernet-frames,2,22020096",
    "16514814,fernet-frames,2,22020096",
    "16514815,fernet-frames,3,22282240"
  })
  void theSizeDecidesFormatFramesAndStoredSize(long size, String format, int frames, long stored) {
    ObjectLayout layout = new ObjectLayout(size);
    assertThat(layout.format().wire()).isEqualTo(format);
    assertThat(layout.frames()).isEqualTo(frames);
    assertThat(layout.storedSize()).isEqualTo(stored);
  }

  @Test
  void framesOfAnyObjectAddUpToItsSizes() {
    Random random = new Random(2);
    for (int round = 0; round < 200; round++) {
      long size = random.nextLong(1L << (1 + random.nextInt(38)));
      ObjectLayout layout = new ObjectLayout(size);
      long content = 0;
      long stored = 0;
      for (int index = 0; index < layout.frames(); index++) {
        assertThat(layout.contentOffset(index)).isEqualTo(content);
        assertThat(layout.storedOffset(index)).isEqualTo(stored);
        assertThat(layout.isLast(index)).isEqualTo(index == layout.frames() - 1);
        content += layout.contentLength(index);
        stored += layout.storedLength(index);
      }
      assertThat(content).isEqualTo(size);
      assertThat(layout.storedSize()).isEqualTo(stored);
    }
  }

  @Test
  void theLargestObjectHasAllFrames() {
    ObjectLayout layout = new ObjectLayout(FrameLayout.MAX_CONTENT);
    assertThat(layout.frames()).isEqualTo(10_000);
    assertThat(layout.storedSize()).isEqualTo(FrameLayout.storedOffset(10_000));
  }

  @Test
  void aByteRangeTouchesExactlyTheFramesThatHoldIt() {
    Random random = new Random(3);
    ObjectLayout layout = new ObjectLayout(40_000_000_000L);
    for (int round = 0; round < 10_000; round++) {
      long first = random.nextLong(layout.contentSize());
      long last = first + random.nextLong(Math.min(100_000_000, layout.contentSize() - first));
      FrameRange range = layout.framesOf(first, last);
      assertThat(first).isBetween(range.contentOffset(), endOf(layout, range.first()) - 1);
      assertThat(last)
          .isBetween(layout.contentOffset(range.last()), endOf(layout, range.last()) - 1);
      long stored = 0;
      for (int index = range.first(); index <= range.last(); index++) {
        stored += layout.storedLength(index);
      }
      assertThat(range.storedOffset()).isEqualTo(layout.storedOffset(range.first()));
      assertThat(range.storedLength()).isEqualTo(stored);
    }
  }

  @Test
  void aRangeOfASingleTokenIsTheWholeToken() {
    assertThat(new ObjectLayout(17).framesOf(3, 3)).isEqualTo(new FrameRange(0, 0, 0, 0, 120));
  }

  @Test
  void aRangeOverAFrameBoundaryTouchesBoth() {
    FrameRange range = new ObjectLayout(3L * CAPACITY).framesOf(CAPACITY - 1, CAPACITY);
    assertThat(range).isEqualTo(new FrameRange(0, 1, 0, 0, 2 * 11_010_048));
  }

  @ParameterizedTest
  @CsvSource({"-1,0", "5,4", "0,10", "10,10"})
  void aRangeOutsideTheContentIsRefused(long first, long last) {
    assertThatThrownBy(() -> new ObjectLayout(10).framesOf(first, last))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2})
  void aFrameThatTheObjectLacksIsRefused(int index) {
    assertThatThrownBy(() -> new ObjectLayout(CAPACITY + 1).storedLength(index))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aNegativeSizeIsRefused() {
    assertThatThrownBy(() -> new ObjectLayout(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static long endOf(ObjectLayout layout, int index) {
    return layout.contentOffset(index) + layout.contentLength(index);
  }
}
