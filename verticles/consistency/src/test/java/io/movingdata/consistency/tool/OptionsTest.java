package io.movingdata.consistency.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final Set<String> FLAGS = Set.of("--light");
  private static final Set<String> VALUED = Set.of("--location", "--grace");

  private static Options parse(String... arguments) {
    return Options.parse(List.of(arguments), FLAGS, VALUED);
  }

  @Test
  void readsFlagsAndValues() {
    Options options =
        parse("--conf", "here", "--location", "s3", "--light", "--location", "gcs", "--grace", "7");
    assertThat(options.has("--light")).isTrue();
    assertThat(options.values("--location")).containsExactly("s3", "gcs");
    assertThat(options.value("--location")).contains("gcs");
    assertThat(options.seconds("--grace", 1)).isEqualTo(7);
    assertThat(options.conf()).isEqualTo(Path.of("here"));
  }

  @Test
  void whatIsAbsentHasItsDefault() {
    Options options = parse();
    assertThat(options.has("--light")).isFalse();
    assertThat(options.values("--location")).isEmpty();
    assertThat(options.seconds("--grace", 120)).isEqualTo(120);
    assertThat(options.conf()).isEqualTo(Path.of("conf"));
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> parse("--deep")).isInstanceOf(WrongUseException.class);
    assertThatThrownBy(() -> parse("s3")).isInstanceOf(WrongUseException.class);
    assertThatThrownBy(() -> parse("--location")).isInstanceOf(WrongUseException.class);
    assertThatThrownBy(() -> parse("--location", "")).isInstanceOf(WrongUseException.class);
    for (String wrong : List.of("-1", "x", "1.5", "99999999999")) {
      assertThatThrownBy(() -> parse("--grace", wrong).seconds("--grace", 0))
          .as(wrong)
          .isInstanceOf(WrongUseException.class);
    }
  }

  @Test
  void bytesAreReadable() {
    assertThat(Progress.size(0)).isEqualTo("0 B");
    assertThat(Progress.size(999)).isEqualTo("999 B");
    assertThat(Progress.size(1_000)).isEqualTo("1.0 kB");
    assertThat(Progress.size(999_999)).isEqualTo("1.0 MB");
    assertThat(Progress.size(12_345_678_901L)).isEqualTo("12.3 GB");
  }
}
