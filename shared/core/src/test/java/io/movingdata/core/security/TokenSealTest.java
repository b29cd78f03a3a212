package io.movingdata.core.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenSealTest {
  private static final TokenSeal SEAL = new TokenSeal("gcs", "credential secret");

  @Test
  void aTokenComesBack() {
    for (String token : new String[] {"", "upload-7", "https://host/o?session=ü"}) {
      String sealed = SEAL.seal(token);
      assertThat(sealed).matches("v1\\.[A-Za-z0-9_-]+");
      assertThat(SEAL.open(sealed)).contains(token);
      assertThat(new TokenSeal("gcs", "credential secret").open(sealed)).contains(token);
    }
  }

  @Test
  void sealingTwiceGivesDifferentTexts() {
    assertThat(SEAL.seal("upload-7")).isNotEqualTo(SEAL.seal("upload-7"));
  }

  @Test
  void anotherLocationOrCredentialOpensNothing() {
    String sealed = SEAL.seal("upload-7");
    assertThat(new TokenSeal("s3", "credential secret").open(sealed)).isEmpty();
    assertThat(new TokenSeal("gcs", "rotated secret").open(sealed)).isEmpty();
  }

  @Test
  void anyTamperingOpensNothing() {
    String sealed = SEAL.seal("upload-7!");
    for (int at = 0; at < sealed.length(); at++) {
      char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
      assertThat(SEAL.open(sealed.substring(0, at) + other + sealed.substring(at + 1))).isEmpty();
      assertThat(SEAL.open(sealed.substring(0, at))).isEmpty();
    }
    assertThat(SEAL.open(sealed + "A")).isEmpty();
    assertThat(SEAL.open("upload-7")).isEmpty();
    assertThat(SEAL.open("v1.%%%")).isEmpty();
  }
}
