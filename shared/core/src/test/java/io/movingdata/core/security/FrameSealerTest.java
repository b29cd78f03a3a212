package io.movingdata.core.security;

import static io.movingdata.core.security.SecurityFixtures.COPY;
import static io.movingdata.core.security.SecurityFixtures.KEY;
import static io.movingdata.core.security.SecurityFixtures.OTHER_COPY;
import static io.movingdata.core.security.SecurityFixtures.OTHER_KEY;
import static io.movingdata.core.security.SecurityFixtures.POOL;
import static io.movingdata.core.security.SecurityFixtures.SECOND;
import static io.movingdata.core.security.SecurityFixtures.content;
import static io.movingdata.core.security.SecurityFixtures.opener;
import static io.movingdata.core.security.SecurityFixtures.sealer;
import static io.movingdata.core.security.SecurityFixtures.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameSealerTest {
  private static final int CAPACITY = FrameLayout.singleCapacity();

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 12_223, 12_288, 196_527, 196_528, 8_257_406})
  void aLastFrameOfAnyLengthComesBack(int length) {
    byte[] stored = sealer().seal(3, true, content(0, length));
    assertThat(stored.length % FrameLayout.UNIT).isZero();
    assertThat(stored[stored.length - 1]).isEqualTo((byte) '\n');
    try (OpenedFrame opened = opener().open(3, stored)) {
      assertThat(opened.toBytes()).isEqualTo(content(0, length));
      assertThat(opened.index()).isEqualTo(3);
      assertThat(opened.requireLast(true)).isSameAs(opened);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1000})
  void aFullFrameHasExactly52Newlines(int index) {
    byte[] content = content(0, FrameLayout.contentCapacity(index));
    byte[] stored = sealer().seal(index, false, content);
    assertThat(stored).hasSize(FrameLayout.storedLength(index));
    assertThat(IntStream.range(0, stored.length).filter(i -> stored[i] == '\n'))
        .hasSize(52)
        .first()
        .isEqualTo(stored.length - 52);
    try (OpenedFrame opened = opener().open(index, stored)) {
      assertThat(opened.length()).isEqualTo(content.length);
      assertThat(opened.toBytes()).isEqualTo(content);
      assertThat(opened.last()).isFalse();
    }
  }

  @Test
  void theSameCopyGivesTheSameBytesAndAnyOtherGivesOthers() {
    byte[] content = content(0, 1000);
    String once = sha256(sealer().seal(1, true, content));
    assertThat(sha256(sealer().seal(1, true, content))).isEqualTo(once);
    List<FrameSealer> others =
        List.of(
            new FrameSealer(OTHER_KEY, COPY, SECOND, POOL),
            new FrameSealer(KEY, OTHER_COPY, SECOND, POOL),
            new FrameSealer(KEY, COPY, SECOND + 1, POOL));
    assertThat(others)
        .allSatisfy(other -> assertThat(sha256(other.seal(1, true, content))).isNotEqualTo(once));
    assertThat(sha256(sealer().seal(2, true, content))).isNotEqualTo(once);
  }

  @Test
  void framesSealedAndOpenedByManyThreadsAreTheSame() {
    FrameSealer sealer = sealer();
    FrameOpener opener = opener();
    byte[] content = content(0, 300_000);
    List<String> expected =
        IntStream.rangeClosed(1, 40).mapToObj(i -> sha256(sealer.seal(i, true, content))).toList();
    List<String> actual =
        IntStream.rangeClosed(1, 40)
            .parallel()
            .mapToObj(
                index -> {
                  byte[] stored = sealer.seal(index, true, content);
                  try (OpenedFrame opened = opener.open(index, stored)) {
                    assertThat(opened.toBytes()).isEqualTo(content);
                  }
                  String hash = sha256(stored);
                  POOL.give(stored);
                  return hash;
                })
            .toList();
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void aSliceOfAnArrayIsSealedAndOpenedLikeTheWhole() {
    byte[] content = content(0, 5_000);
    byte[] stored = sealer().seal(1, true, content, 1_000, 3_000);
    byte[] around = new byte[stored.length + 20];
    System.arraycopy(stored, 0, around, 10, stored.length);
    assertThat(opener().open(1, around, 10, stored.length).toBytes())
        .isEqualTo(Arrays.copyOfRange(content, 1_000, 4_000));
    byte[] single = sealer().sealSingle(content, 1_000, 3_000);
    System.arraycopy(single, 0, around, 10, single.length);
    assertThat(opener().openSingle(around, 10, single.length).toBytes())
        .isEqualTo(Arrays.copyOfRange(content, 1_000, 4_000));
  }

  @ParameterizedTest
  @CsvSource({
    "0,true,100", // a lone frame would be a single token
    "0,true,8257407",
    "1,true,0",
    "1,true,8257408",
    "1,false,8257406",
    "1,false,8257408",
    "1,false,0"
  })
  void aFrameThatTheLayoutDoesNotHaveIsNotSealed(int index, boolean last, int length) {
    assertThatThrownBy(() -> sealer().seal(index, last, new byte[length]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot hold " + length + " bytes; its capacity is 8257407");
  }

  @Test
  void contentBeyondTheLimitsIsNotSealed() {
    assertThatThrownBy(() -> sealer().sealSingle(new byte[CAPACITY + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a single token cannot hold 8257408 bytes; its capacity is 8257407");
    assertThatThrownBy(() -> sealer().seal(10_000, true, new byte[1]))
        .isInstanceOf(ContentTooLargeException.class);
  }
}
