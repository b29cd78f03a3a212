package io.movingdata.core.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FernetKeyTest {
  private static final String TEXT = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

  @Test
  void aKeyIsReadWithAndWithoutItsPadding() {
    FernetKey key = FernetKey.parse(TEXT);
    assertThat(FernetKey.parse(TEXT.substring(0, 43))).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(key).isNotEqualTo(SecurityFixtures.OTHER_KEY);
  }

  @Test
  void theKeyIdIsTheFingerprintInTheTestVectors() {
    assertThat(FernetKey.parse(TEXT).keyId())
        .isEqualTo(SecurityFixtures.json("/fernet-frames-vectors.json").get("key_id").textValue())
        .matches("[0-9a-f]{16}");
  }

  @Test
  void aKeyPrintsItsFingerprintOnly() {
    FernetKey key = FernetKey.parse(TEXT);
    assertThat(key).hasToString("FernetKey[" + key.keyId() + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "=",
        "secret",
        "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4==",
        "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4\n",
        " cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=",
        "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e5=",
        "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e5",
        "cw/0x689RpI+jtRR7oE8h/eQsKImvJapLeSbXpwF4e4=",
        "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4u",
        "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4eéé"
      })
  void anythingElseIsRefusedWithoutBeingQuoted(String text) {
    assertThatThrownBy(() -> FernetKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .startsWith("not a Fernet key: expected 32 bytes in base64url (44 characters)")
        .doesNotContain("cw_0")
        .doesNotContain("secret");
  }
}
