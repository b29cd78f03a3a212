package io.movingdata.core.security;

import static io.movingdata.core.security.SecurityFixtures.KEY;
import static io.movingdata.core.security.SecurityFixtures.OTHER_KEY;
import static io.movingdata.core.security.SecurityFixtures.SECOND;
import static io.movingdata.core.security.SecurityFixtures.content;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FernetTest {
  private static final byte[] IV = new byte[16];

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 15, 16, 17, 12_247, 12_248, 12_262, 12_263, 12_288, 16_384, 24_575, 24_576, 100_001
      })
  void contentOfAnyLengthComesBack(int length) {
    byte[] token = Fernet.encrypt(KEY, IV, SECOND, content(0, length));
    assertThat(token).hasSize((int) Fernet.tokenLength(length));
    assertThat(Fernet.decrypt(KEY, token)).isEqualTo(content(0, length));
  }

  @Test
  void everyFlippedBitIsRefusedWithTheSameError() {
    byte[] token = Fernet.encrypt(KEY, IV, SECOND, content(0, 60));
    for (int at = 0; at < token.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = token.clone();
        flipped[at] ^= (byte) (1 << bit);
        assertRefused(KEY, flipped);
      }
    }
  }

  @Test
  void everyFlippedBitUnderTheEncodingIsRefusedWithTheSameError() {
    byte[] raw = Base64.getUrlDecoder().decode(Fernet.encrypt(KEY, IV, SECOND, content(0, 60)));
    for (int at = 0; at < raw.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = raw.clone();
        flipped[at] ^= (byte) (1 << bit);
        assertRefused(KEY, Base64.getUrlEncoder().encode(flipped));
      }
    }
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] token = Fernet.encrypt(KEY, IV, SECOND, content(0, 60));
    for (int length = 0; length < token.length; length++) {
      assertRefused(KEY, Arrays.copyOf(token, length));
    }
  }

  @Test
  void everySecondSpellingOfATokenIsRefused() {
    // 16 and 32 bytes of ciphertext leave two padding signs and one.
    for (int length : new int[] {0, 16}) {
      String token = new String(Fernet.encrypt(KEY, IV, SECOND, content(0, length)), US_ASCII);
      int padding = token.indexOf('=');
      assertThat(padding).isPositive();
      assertRefused(KEY, token.substring(0, padding).getBytes(US_ASCII));
      assertRefused(KEY, (token + "\n").getBytes(US_ASCII));
      assertRefused(KEY, (token + "====").getBytes(US_ASCII));
      assertRefused(KEY, (" " + token).getBytes(US_ASCII));
      char unusedBitSet = (char) (token.charAt(padding - 1) + 1);
      String twin = token.substring(0, padding - 1) + unusedBitSet + token.substring(padding);
      assertThat(Base64.getUrlDecoder().decode(twin))
          .as("the JDK's decoder takes both for the same")
          .isEqualTo(Base64.getUrlDecoder().decode(token));
      assertRefused(KEY, twin.getBytes(US_ASCII));
    }
  }

  @Test
  void theAlphabetOfPlainBase64IsRefused() {
    String token = new String(Fernet.encrypt(KEY, IV, SECOND, content(0, 5000)), US_ASCII);
    assertThat(token).contains("-").contains("_");
    assertRefused(KEY, token.replace('-', '+').getBytes(US_ASCII));
    assertRefused(KEY, token.replace('_', '/').getBytes(US_ASCII));
  }

  @Test
  void anAuthenticTokenOfAnotherVersionIsRefused() {
    byte[] valid = Base64.getUrlDecoder().decode(Fernet.encrypt(KEY, IV, 0, new byte[0]));
    byte[] block = Arrays.copyOfRange(valid, 25, 41);
    assertThat(Fernet.decrypt(KEY, signed(0x80, IV, block))).isEmpty();
    assertRefused(KEY, signed(0x81, IV, block));
  }

  @Test
  void anAuthenticTokenOfAnIncompleteBlockIsRefused() {
    byte[] iv = new byte[16];
    Arrays.fill(iv, (byte) 1);
    for (int length : new int[] {0, 1, 15, 17, 31, 33}) {
      assertRefused(KEY, signed(0x80, iv, new byte[length]));
    }
  }

  @Test
  void anotherKeyIsRefused() {
    assertRefused(OTHER_KEY, Fernet.encrypt(KEY, IV, SECOND, content(0, 60)));
  }

  @Test
  void aTokenFromTheFarFutureIsReadableWhereNobodyAskedForAnAge() {
    byte[] token = Fernet.encrypt(KEY, IV, Long.MAX_VALUE, content(0, 3));
    assertThat(Fernet.decrypt(KEY, token)).isEqualTo(content(0, 3));
    assertThatThrownBy(
            () -> Fernet.decrypt(KEY, token, Duration.ofDays(1), Instant.ofEpochSecond(SECOND)))
        .isInstanceOf(FernetException.class);
  }

  private static byte[] signed(int version, byte[] iv, byte[] ciphertext) {
    ByteBuffer token = ByteBuffer.allocate(25 + ciphertext.length + 32);
    token.put((byte) version).putLong(0).put(iv).put(ciphertext);
    byte[] signed = Arrays.copyOf(token.array(), token.position());
    token.put(Jca.hmacSha256(KEY.signing().getEncoded(), signed));
    return Base64.getUrlEncoder().encode(token.array());
  }

  private static void assertRefused(FernetKey key, byte[] token) {
    assertThatThrownBy(() -> Fernet.decrypt(key, token))
        .isInstanceOf(FernetException.class)
        .hasMessage("invalid Fernet token")
        .hasNoCause();
  }
}
