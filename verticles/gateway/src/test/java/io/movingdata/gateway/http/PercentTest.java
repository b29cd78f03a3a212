package io.movingdata.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "a b+c/d%", "é", "e\u0301", "😀", "..//..", "\u0000\n\r"})
  void whatIsEncodedDecodesToItself(String text) {
    assertThat(Percent.decode(Percent.encode(text))).hasValue(text);
    assertThat(Percent.encode(text)).matches("[A-Za-z0-9._~%-]*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%zz", "%+1", "a%", "%c0%af", "%ff", "%ed%a0%80", "\u00e9"})
  void whatIsNotStrictUtf8InStrictEscapesIsRefused(String raw) {
    assertThat(Percent.decode(raw)).isEmpty();
  }

  @Test
  void aPlusIsABlankInAQueryOnly() {
    assertThat(Percent.decode("a+b")).hasValue("a+b");
    assertThat(Percent.decodeForm("a+b%2B")).hasValue("a b+");
  }

  @Test
  void nothingIsDecodedTwice() {
    assertThat(Percent.decode("%252F")).hasValue("%2F");
  }
}
