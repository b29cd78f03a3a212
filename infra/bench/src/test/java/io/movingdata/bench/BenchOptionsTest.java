package io.movingdata.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchOptionsTest {
  @Test
  void allHaveDefaults() {
    BenchOptions options = BenchOptions.parse(List.of());
    assertThat(options.objects()).isEqualTo(2000);
    assertThat(options.size()).isEqualTo(65_536);
    assertThat(options.bigBytes()).isEqualTo(1L << 30);
    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.pairs()).hasToString("[s3-azure, azure-gcs, gcs-s3]");
  }

  @Test
  void eachCanBeGiven() {
    List<String> arguments = Arrays.asList("--objects 10 --pairs gcs-azure --big-mb 0".split(" "));
    BenchOptions options = BenchOptions.parse(arguments);
    assertThat(options.objects()).isEqualTo(10);
    assertThat(options.bigMb()).isZero();
    assertThat(options.pairs()).containsExactly(new Pair("gcs", "azure"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--objects",
        "--objects many",
        "--rounds 0",
        "--size -1",
        "--pairs s3",
        "--pairs s3-s3",
        "--pairs s3-gcs,",
        "--pairs s3-tape",
        "--colour red"
      })
  void whatIsWrongIsRefused(String arguments) {
    assertThatThrownBy(() -> BenchOptions.parse(Arrays.asList(arguments.split(" "))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("--(objects|rounds|size) .*|no pair: .*|no option: --colour");
  }
}
