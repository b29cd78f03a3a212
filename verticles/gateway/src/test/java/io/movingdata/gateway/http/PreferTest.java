package io.movingdata.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PreferTest {
  private static Prefer of(String... headers) {
    return Prefer.parse(List.of(headers));
  }

  @Test
  void withoutAPreferenceTheWaitIsHalfAMinute() {
    assertThat(of()).isEqualTo(new Prefer(false, 30_000));
    assertThat(of("handling=lenient", "wait=abc")).isEqualTo(new Prefer(false, 30_000));
  }

  @Test
  void theWaitIsTakenUpToTwoMinutes() {
    assertThat(of("wait=5")).isEqualTo(new Prefer(false, 5_000));
    assertThat(of("foo; a=b, Wait = \"7\"")).isEqualTo(new Prefer(false, 7_000));
    assertThat(of("wait=99999")).isEqualTo(new Prefer(false, 120_000));
    assertThat(of("wait=0")).isEqualTo(new Prefer(false, 0));
  }

  @Test
  void asyncMeansNoWaitAtAll() {
    assertThat(of("respond-async, wait=10")).isEqualTo(new Prefer(true, 0));
  }
}
