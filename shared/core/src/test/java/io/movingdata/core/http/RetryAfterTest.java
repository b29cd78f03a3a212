package io.movingdata.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "7; 7000",
        "' 7 '; 7000",
        "0; 0",
        "Fri, 02 Jan 2026 03:04:35 GMT; 30000",
        "Fri, 02 Jan 2026 03:00:00 GMT; 0",
        "soon; 0",
        "-7; 0",
        "3600; 3600000",
      })
  void aWaitIsReadAsItIsMeant(String value, long millis) {
    assertThat(RetryAfter.millis(value, NOW)).isEqualTo(millis);
  }

  @Test
  void nobodyAsksForMoreThanAnHour() {
    assertThat(RetryAfter.millis("999999", NOW)).isEqualTo(3_600_000);
    assertThat(RetryAfter.millis("Thu, 01 Jan 2099 03:04:35 GMT", NOW)).isEqualTo(3_600_000);
  }

  @Test
  void noHeaderIsNoWait() {
    assertThat(RetryAfter.millis(null, NOW)).isZero();
    assertThat(RetryAfter.millis("99999999999999999999", NOW)).isZero();
  }
}
