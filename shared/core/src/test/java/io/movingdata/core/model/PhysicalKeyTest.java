package io.movingdata.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhysicalKeyTest {
  private static final String COPY = "0123456789abcdef0123456789abcdef";

  @Test
  void isShortPlainAndRecognisableWhateverTheFileIsCalled() {
    List<String> ids =
        List.of(
            "a.txt",
            "..",
            "/",
            "\ud83d\ude80",
            "\u65e5\u672c",
            "CON",
            "x".repeat(1024),
            "-",
            "%2F");
    Set<String> keys = new HashSet<>();
    for (String id : ids) {
      String key = PhysicalKey.of(id, COPY);
      assertThat(key).matches("[a-z0-9.-]+").hasSizeLessThanOrEqualTo(200);
      assertThat(PhysicalKey.matches(key)).isTrue();
      keys.add(key);
    }
    assertThat(keys).hasSameSizeAs(ids);
  }

  @Test
  void tellsIdsApartThatDifferInCaseOrCompositionAlone() {
    assertThat(PhysicalKey.of("Case", COPY)).isNotEqualTo(PhysicalKey.of("case", COPY));
    assertThat(PhysicalKey.of("e\u0301", COPY)).isNotEqualTo(PhysicalKey.of("\u00e9", COPY));
  }

  @Test
  void doesNotClaimTheKeysOfOthers() {
    assertThat(PhysicalKey.matches("backup/2026.tar")).isFalse();
    assertThat(PhysicalKey.matches("a." + COPY)).isFalse();
  }
}
