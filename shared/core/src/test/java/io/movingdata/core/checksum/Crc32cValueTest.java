package io.movingdata.core.checksum;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Crc32cValueTest {

  @Test
  void theCheckValueOfTheCatalogueIsReached() {
    Crc32cValue check = Crc32cValue.of("123456789".getBytes(US_ASCII));
    assertThat(check.hex()).isEqualTo("e3069283");
    assertThat(check.base64()).isEqualTo("4waSgw==");
    assertThat(Crc32cValue.ofBase64("4waSgw==")).isEqualTo(check);
  }

  @Test
  void theChecksumsOfTwoPartsGiveThatOfTheWhole() {
    Random random = new Random(4);
    for (int round = 0; round < 2_000; round++) {
      byte[] whole = new byte[random.nextInt(5_000)];
      random.nextBytes(whole);
      int split = random.nextInt(whole.length + 1);
      int rest = whole.length - split;
      Crc32cValue a = Crc32cValue.of(whole, 0, split);
      Crc32cValue b = Crc32cValue.of(whole, split, rest);
      assertThat(Crc32cValue.combine(a, b, rest)).isEqualTo(Crc32cValue.of(whole));
    }
  }

  @Test
  void manyPartsGiveTheWholeInAnyGrouping() {
    byte[] whole = new byte[3_000_000];
    new Random(5).nextBytes(whole);
    Crc32cValue a = Crc32cValue.of(whole, 0, 1_000_000);
    Crc32cValue b = Crc32cValue.of(whole, 1_000_000, 1_500_000);
    Crc32cValue c = Crc32cValue.of(whole, 2_500_000, 500_000);
    Crc32cValue left = Crc32cValue.combine(Crc32cValue.combine(a, b, 1_500_000), c, 500_000);
    Crc32cValue right = Crc32cValue.combine(a, Crc32cValue.combine(b, c, 500_000), 2_000_000);
    assertThat(left).isEqualTo(right).isEqualTo(Crc32cValue.of(whole));
  }

  @Test
  void lengthsOfAnySizeAreAdditive() {
    Crc32cValue crc = Crc32cValue.of(new byte[] {1, 2, 3});
    Crc32cValue none = new Crc32cValue(0);
    Random random = new Random(6);
    for (int round = 0; round < 1_000; round++) {
      long first = random.nextLong(Long.MAX_VALUE / 2);
      long second = random.nextLong(Long.MAX_VALUE / 2);
      Crc32cValue twice = Crc32cValue.combine(Crc32cValue.combine(crc, none, first), none, second);
      assertThat(Crc32cValue.combine(crc, none, first + second)).isEqualTo(twice);
    }
  }

  @Test
  void nothingChangesNothing() {
    Crc32cValue crc = Crc32cValue.of(new byte[] {1, 2, 3});
    assertThat(Crc32cValue.combine(crc, Crc32cValue.EMPTY, 0)).isEqualTo(crc);
    assertThat(Crc32cValue.combine(Crc32cValue.EMPTY, crc, 3)).isEqualTo(crc);
    assertThatThrownBy(() -> Crc32cValue.combine(crc, crc, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "AAAAAAA=", "not base64"})
  void anythingElseThanFourBytesIsRefused(String text) {
    assertThatThrownBy(() -> Crc32cValue.ofBase64(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
