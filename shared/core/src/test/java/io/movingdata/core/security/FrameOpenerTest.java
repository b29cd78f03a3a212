package io.movingdata.core.security;

import static io.movingdata.core.security.FrameException.Reason.CORRUPT;
import static io.movingdata.core.security.FrameException.Reason.MISPLACED;
import static io.movingdata.core.security.SecurityFixtures.COPY;
import static io.movingdata.core.security.SecurityFixtures.KEY;
import static io.movingdata.core.security.SecurityFixtures.OTHER_COPY;
import static io.movingdata.core.security.SecurityFixtures.OTHER_KEY;
import static io.movingdata.core.security.SecurityFixtures.POOL;
import static io.movingdata.core.security.SecurityFixtures.SECOND;
import static io.movingdata.core.security.SecurityFixtures.content;
import static io.movingdata.core.security.SecurityFixtures.opener;
import static io.movingdata.core.security.SecurityFixtures.sealer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What an attacker or a faulty store may do to stored bytes, and how each is refused. */
class FrameOpenerTest {
  private static final byte[] FULL =
      sealer().seal(0, false, content(0, FrameLayout.contentCapacity(0)));
  private static final byte[] LAST = sealer().seal(1, true, content(7, 1_000));
  private static final byte[] SINGLE = sealer().sealSingle(content(0, 100));

  @Test
  void aFlippedBitAnywhereIsCorrupt() {
    int token = (int) Fernet.tokenLength(32 + 1_000);
    for (int at = 0; at <= token; at++) {
      assertRefused(CORRUPT, 1, flipped(LAST, at));
    }
    Random random = new Random(8);
    for (int round = 0; round < 50; round++) {
      assertRefused(CORRUPT, 1, flipped(LAST, random.nextInt(LAST.length)));
    }
    for (int round = 0; round < 5; round++) {
      assertRefused(CORRUPT, 0, flipped(FULL, random.nextInt(FULL.length)));
    }
    assertRefused(CORRUPT, 0, flipped(FULL, FULL.length - 1));
    assertRefused(CORRUPT, 0, flipped(FULL, FULL.length - 52));
    for (int at = 0; at < SINGLE.length; at++) {
      byte[] damaged = flipped(SINGLE, at);
      assertRefused(CORRUPT, () -> opener().openSingle(damaged));
    }
  }

  @Test
  void aTruncatedOrExtendedFrameIsCorrupt() {
    for (int length :
        new int[] {0, 1, 100, 1_000, LAST.length - FrameLayout.UNIT / 2, LAST.length - 1}) {
      assertRefused(CORRUPT, 1, Arrays.copyOf(LAST, length));
    }
    assertRefused(CORRUPT, 1, padded(LAST, LAST.length + 1));
    assertRefused(CORRUPT, 1, padded(LAST, LAST.length + FrameLayout.UNIT));
    assertRefused(CORRUPT, 1, Arrays.copyOf(LAST, LAST.length + FrameLayout.UNIT));
    assertRefused(CORRUPT, 0, Arrays.copyOf(FULL, FULL.length - FrameLayout.UNIT));
    assertRefused(CORRUPT, 0, padded(FULL, FULL.length + FrameLayout.UNIT));
    assertRefused(CORRUPT, 1, padded(new byte[0], FrameLayout.UNIT));
    assertRefused(CORRUPT, 1, new byte[FrameLayout.UNIT]);
  }

  @Test
  void aTruncatedOrExtendedSingleTokenIsCorrupt() {
    for (int length = 0; length < SINGLE.length; length++) {
      byte[] truncated = Arrays.copyOf(SINGLE, length);
      assertRefused(CORRUPT, () -> opener().openSingle(truncated));
    }
    assertRefused(CORRUPT, () -> opener().openSingle(padded(SINGLE, SINGLE.length + 1)));
    assertRefused(CORRUPT, () -> opener().openSingle(new byte[12_000_000]));
  }

  @Test
  void aFrameFromAnotherPlaceIsMisplaced() {
    assertRefused(MISPLACED, 2, LAST);
    assertRefused(MISPLACED, 1, FULL);
    assertRefused(MISPLACED, 999, FULL);
  }

  @Test
  void aFrameOrTokenOfAnotherCopyIsMisplaced() {
    FrameSealer other = new FrameSealer(KEY, OTHER_COPY, SECOND, POOL);
    assertRefused(MISPLACED, 1, other.seal(1, true, content(7, 1_000)));
    byte[] token = other.sealSingle(content(0, 100));
    assertRefused(MISPLACED, () -> opener().openSingle(token));
    byte[] foreign = Fernet.encrypt(KEY, new byte[16], SECOND, content(0, 100));
    assertRefused(MISPLACED, () -> opener().openSingle(foreign));
  }

  @Test
  void anotherKeyIsCorrupt() {
    FrameOpener other = new FrameOpener(OTHER_KEY, COPY, POOL);
    assertRefused(CORRUPT, () -> other.open(1, LAST));
    assertRefused(CORRUPT, () -> other.openSingle(SINGLE));
  }

  @Test
  void anObjectThatEndsTooEarlyOrTooLateIsUncovered() {
    // The last frame was cut off and the one before it read as the object's end, and the reverse.
    assertRefused(MISPLACED, () -> opener().open(0, FULL).requireLast(true));
    assertRefused(MISPLACED, () -> opener().open(1, LAST).requireLast(false));
  }

  @Test
  void framesThatTheLayoutDoesNotHaveAreCorruptThoughAuthentic() {
    byte[] content = content(0, 1_000);
    byte[] tooMuch = new byte[FrameLayout.contentCapacity(0) + 1];
    assertRefused(CORRUPT, 0, forged(new FrameHeader(COPY, 0, false).toBytes(), tooMuch));
    assertRefused(CORRUPT, 1, forged(new FrameHeader(COPY, 1, true).toBytes(), tooMuch));
    byte[] single = Fernet.encrypt(KEY, new FrameIv(KEY, COPY).of(0), SECOND, tooMuch);
    assertRefused(CORRUPT, () -> opener().openSingle(single));
    assertRefused(CORRUPT, 1, forged(new FrameHeader(COPY, 1, false).toBytes(), content));
    assertRefused(CORRUPT, 0, forged(new FrameHeader(COPY, 0, true).toBytes(), content));
    assertRefused(CORRUPT, 1, forged(new FrameHeader(COPY, 1, true).toBytes(), new byte[0]));
  }

  @Test
  void aHeaderWithAnyOtherMagicOrFlagIsCorruptThoughAuthentic() {
    for (int at = 0; at < 8; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] header = new FrameHeader(COPY, 1, true).toBytes();
        header[at] ^= (byte) (1 << bit);
        assertRefused(CORRUPT, 1, forged(header, content(0, 1_000)));
      }
    }
    byte[] reservedSet = new FrameHeader(COPY, 0, false).toBytes();
    reservedSet[7] = 1;
    assertRefused(CORRUPT, 0, forged(reservedSet, content(0, FrameLayout.singleCapacity())));
    assertRefused(CORRUPT, 1, forged(new byte[31], new byte[0]));
    assertThat(FrameHeader.read(new FrameHeader(COPY, 1, true).toBytes(), 31)).isEmpty();
  }

  @Test
  void theTwoFormatsAreNotTakenForEachOther() {
    assertRefused(CORRUPT, 1, padded(SINGLE, FrameLayout.UNIT));
    byte[] token = Arrays.copyOf(LAST, (int) Fernet.tokenLength(32 + 1_000));
    assertRefused(MISPLACED, () -> opener().openSingle(token));
  }

  @Test
  void noMessageQuotesContentOrKey() {
    assertThatThrownBy(() -> opener().open(1, flipped(LAST, 5)))
        .hasMessage("frame 1 is corrupt or unauthentic")
        .hasNoCause();
    assertThatThrownBy(() -> opener().open(2, LAST))
        .hasMessage("frame 2 belongs to another copy or place")
        .hasNoCause();
  }

  @Test
  void aClosedFrameHandsOutNothingAndItsArrayOnce() {
    BytePool pool = new BytePool(64L << 20);
    OpenedFrame opened = new FrameOpener(KEY, COPY, pool).open(0, FULL);
    opened.close();
    opened.close();
    assertThat(pool.retained()).isEqualTo(196_608L * 42 - 39);
    assertThatThrownBy(opened::toBytes).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theBufferOfARefusedFrameReturnsToThePool() {
    BytePool pool = new BytePool(64L << 20);
    FrameOpener opener = new FrameOpener(KEY, COPY, pool);
    assertThatThrownBy(() -> opener.open(0, flipped(FULL, 70))).isInstanceOf(FrameException.class);
    assertThat(pool.retained()).isEqualTo(196_608L * 42 - 39);
    assertThatThrownBy(() -> opener.open(5, FULL)).isInstanceOf(FrameException.class);
    assertThat(pool.retained()).isEqualTo(196_608L * 42 - 39);
  }

  private static byte[] forged(byte[] header, byte[] content) {
    byte[] plaintext = Arrays.copyOf(header, header.length + content.length);
    System.arraycopy(content, 0, plaintext, header.length, content.length);
    byte[] token = Fernet.encrypt(KEY, new byte[16], SECOND, plaintext);
    return padded(token, FrameLayout.storedLengthOf(content.length));
  }

  private static byte[] padded(byte[] bytes, int length) {
    byte[] padded = Arrays.copyOf(bytes, length);
    Arrays.fill(padded, bytes.length, length, (byte) '\n');
    return padded;
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= 1;
    return flipped;
  }

  private static void assertRefused(FrameException.Reason reason, int index, byte[] stored) {
    assertRefused(reason, () -> opener().open(index, stored));
  }

  private static void assertRefused(FrameException.Reason reason, ThrowingCallable opening) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            FrameException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
