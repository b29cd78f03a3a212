package io.movingdata.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDateTest {
  private static final String DATE = "Fri, 02 Jan 2026 03:04:05 GMT";
  private static final Instant MOMENT = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void aDateIsAMoment() {
    assertThat(HttpDate.parse(DATE)).isEqualTo(MOMENT);
    assertThat(HttpDate.parse(" " + DATE + " ")).isEqualTo(MOMENT);
  }

  @Test
  void anythingElseIsNone() {
    assertThat(HttpDate.parse(null)).isNull();
    assertThat(HttpDate.parse("")).isNull();
    assertThat(HttpDate.parse("Fri, 31 Feb 2026 03:04:05 GMT")).isNull();
  }

  @Test
  void clocksThatAreFarApartAreWorthSaying() {
    assertThat(HttpDate.skew(DATE, MOMENT.plusSeconds(20 * 60))).contains("20 minutes apart");
    assertThat(HttpDate.skew(DATE, MOMENT.minusSeconds(20 * 60))).contains("20 minutes apart");
    assertThat(HttpDate.skew(DATE, MOMENT.plusSeconds(60))).isEmpty();
    assertThat(HttpDate.skew(null, MOMENT)).isEmpty();
  }
}
