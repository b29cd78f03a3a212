package io.movingdata.core.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The acceptance vectors that the Fernet specification publishes. */
class FernetSpecificationTest {

  static Stream<JsonNode> generate() {
    return vectors("generate");
  }

  static Stream<JsonNode> verify() {
    return vectors("verify");
  }

  static Stream<JsonNode> invalid() {
    return vectors("invalid");
  }

  @ParameterizedTest
  @MethodSource("generate")
  void aTokenIsGeneratedAsSpecified(JsonNode vector) {
    byte[] iv = new byte[16];
    for (int i = 0; i < iv.length; i++) {
      iv[i] = (byte) vector.get("iv").get(i).intValue();
    }
    byte[] content = vector.get("src").textValue().getBytes(US_ASCII);
    byte[] token = Fernet.encrypt(secret(vector), iv, now(vector).getEpochSecond(), content);
    assertThat(new String(token, US_ASCII)).isEqualTo(vector.get("token").textValue());
  }

  @ParameterizedTest
  @MethodSource("verify")
  void aValidTokenIsAccepted(JsonNode vector) {
    byte[] content = Fernet.decrypt(secret(vector), token(vector), ttl(vector), now(vector));
    assertThat(new String(content, US_ASCII)).isEqualTo(vector.get("src").textValue());
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void anInvalidTokenIsRefused(JsonNode vector) {
    assertThatThrownBy(
            () -> Fernet.decrypt(secret(vector), token(vector), ttl(vector), now(vector)))
        .isInstanceOf(FernetException.class)
        .hasMessage("invalid Fernet token")
        .hasNoCause();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void onlyTheVectorsAboutTimeAreAcceptedAtAnyAge(JsonNode vector) {
    String description = vector.get("desc").textValue();
    if (description.contains("TTL") || description.contains("far-future")) {
      assertThat(Fernet.decrypt(secret(vector), token(vector))).isEmpty();
    } else {
      assertThatThrownBy(() -> Fernet.decrypt(secret(vector), token(vector)))
          .isInstanceOf(FernetException.class);
    }
  }

  private static Stream<JsonNode> vectors(String name) {
    JsonNode all = SecurityFixtures.json("/fernet-spec/" + name + ".json");
    assertThat(all).isNotEmpty();
    return StreamSupport.stream(all.spliterator(), false);
  }

  private static FernetKey secret(JsonNode vector) {
    return FernetKey.parse(vector.get("secret").textValue());
  }

  private static byte[] token(JsonNode vector) {
    return vector.get("token").textValue().getBytes(US_ASCII);
  }

  private static Duration ttl(JsonNode vector) {
    return Duration.ofSeconds(vector.get("ttl_sec").longValue());
  }

  private static Instant now(JsonNode vector) {
    return OffsetDateTime.parse(vector.get("now").textValue()).toInstant();
  }
}
