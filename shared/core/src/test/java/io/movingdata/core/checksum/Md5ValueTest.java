package io.movingdata.core.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Md5ValueTest {

  @Test
  void hexBase64AndBytesAreTheSameChecksum() throws Exception {
    Md5Value empty = Md5Value.ofBytes(MessageDigest.getInstance("MD5").digest());
    assertThat(empty.hex()).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    assertThat(empty.base64()).isEqualTo("1B2M2Y8AsgTpgAmY7PhCfg==");
    assertThat(Md5Value.ofBase64(empty.base64())).isEqualTo(empty);
    assertThat(new Md5Value(empty.hex())).isEqualTo(empty);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "d41d8cd9", "D41D8CD98F00B204E9800998ECF8427E"})
  void anythingElseThanLowerCaseHexIsRefused(String text) {
    assertThatThrownBy(() -> new Md5Value(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "not base64"})
  void anythingElseThanSixteenBytesInBase64IsRefused(String text) {
    assertThatThrownBy(() -> Md5Value.ofBase64(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
