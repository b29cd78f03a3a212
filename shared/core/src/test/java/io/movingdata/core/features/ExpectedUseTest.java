package io.movingdata.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExpectedUseTest {
  @Test
  void whatIsUsedSteadilyIsExpectedToGoOn() {
    assertThat(ExpectedUse.perDay(600, 300, 0)).isCloseTo(2, within(0.01));
    assertThat(ExpectedUse.perDay(300_000, 300, 0.001)).isCloseTo(1_000, within(0.01));
  }

  @Test
  void whatWasNeverUsedMayYetBe() {
    assertThat(ExpectedUse.perDay(0, 10, 10)).isCloseTo(0.1, within(1e-9));
    assertThat(ExpectedUse.perDay(0, 365, 365)).isCloseTo(1.0 / 365, within(1e-9));
  }

  @Test
  void whatWasPopularOnceIsNotForEver() {
    double at10 = ExpectedUse.perDay(10_000, 110, 10);
    double at100 = ExpectedUse.perDay(10_000, 200, 100);
    assertThat(at10).isCloseTo(3.0 / 10, within(1e-9));
    assertThat(at100).isCloseTo(3.0 / 100, within(1e-9));
  }

  @Test
  void aFirstHourIsNotStretchedToADay() {
    assertThat(ExpectedUse.perDay(5, 1.0 / 24, 0)).isEqualTo(6);
    assertThat(ExpectedUse.perDay(0, 0, 0)).isEqualTo(1);
    assertThat(ExpectedUse.perDay(0, 0, -1)).as("a clock that is behind").isEqualTo(1);
  }
}
