package io.movingdata.core.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyIdTest {

  @Test
  void randomCopyIdsAreWellFormedAndDifferent() {
    Set<CopyId> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      CopyId id = CopyId.random();
      assertThat(id.toString()).matches("[0-9a-f]{32}");
      assertThat(CopyId.ofBytes(id.bytes())).isEqualTo(id);
      assertThat(seen.add(id)).isTrue();
    }
  }

  @Test
  void aCopyIdIsAStringInJson() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    String json = mapper.writeValueAsString(SecurityFixtures.COPY);
    assertThat(json).isEqualTo("\"000102030405060708090a0b0c0d0e0f\"");
    assertThat(mapper.readValue(json, CopyId.class)).isEqualTo(SecurityFixtures.COPY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "00", "000102030405060708090A0B0C0D0E0F", "000102030405060708090a0b0c0d0e0g"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> new CopyId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a copy id: expected 32 lower-case hex digits");
  }
}
