package io.movingdata.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.ObjectFormat;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectMetadataTest {
  private static ObjectMetadata of(String fileId) {
    return new ObjectMetadata(
        fileId,
        "0123456789abcdef0123456789abcdef",
        "fedcba9876543210",
        ObjectFormat.FERNET_FRAMES,
        1_764_028_800,
        "00112233aabbccdd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "Ä/報告 📦.pdf", "../../x", "a\u0301", "%2F+ &=?#"})
  void comesBackExactly(String fileId) {
    Map<String, String> stored = of(fileId).toMap();

    assertThat(ObjectMetadata.parse(stored)).contains(of(fileId));
    assertThat(stored.keySet()).allMatch(name -> name.matches("md[a-z]+"));
    assertThat(stored.values()).allMatch(value -> value.matches("[!-~]+"));
  }

  @Test
  void fitsIntoWhatS3Takes() {
    int bytes =
        of("ä".repeat(512)).toMap().entrySet().stream()
            .mapToInt(e -> e.getKey().length() + e.getValue().length())
            .sum();

    assertThat(bytes).isLessThan(2048);
  }

  @Test
  void isNotReadOutOfObjectsThatAreNotOurs() {
    assertThat(ObjectMetadata.parse(Map.of())).isEmpty();
    for (String name : of("a").toMap().keySet()) {
      Map<String, String> without = new HashMap<>(of("a").toMap());
      without.remove(name);
      assertThat(ObjectMetadata.parse(without)).as("without %s", name).isEmpty();
    }
    Map<String, String> other = new HashMap<>(of("a").toMap());
    other.put("mdformat", "zip");
    assertThat(ObjectMetadata.parse(other)).isEmpty();
    other.put("mdformat", "fernet");
    other.put("mdfile", "!");
    assertThat(ObjectMetadata.parse(other)).isEmpty();
  }
}
