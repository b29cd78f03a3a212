package io.movingdata.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class GcsAssertionTest {
  private static final URI TOKEN_URI = URI.create("https://oauth2.googleapis.com/token");
  private static final Instant NOW = Instant.parse("2026-11-20T10:11:12.5Z");

  private final ServiceAccount account = new ServiceAccount();

  @Test
  void theAssertionSaysWhoAsksForWhatAndHowLong() {
    String[] parts = assertion().sign(NOW).split("\\.", -1);
    assertThat(parts).hasSize(3);
    assertThat(json(parts[0])).isEqualTo(new JsonObject().put("alg", "RS256").put("typ", "JWT"));
    assertThat(json(parts[1]))
        .isEqualTo(
            new JsonObject()
                .put("iss", ServiceAccount.EMAIL)
                .put("scope", "https://www.googleapis.com/auth/devstorage.read_write")
                .put("aud", "https://oauth2.googleapis.com/token")
                .put("iat", NOW.getEpochSecond())
                .put("exp", NOW.getEpochSecond() + 3600));
  }

  @Test
  void thePublicKeyConfirmsTheSignature() throws Exception {
    String signed = assertion().sign(NOW);
    assertThat(verified(signed, account.publicKey())).isTrue();
    assertThat(verified(signed, new ServiceAccount().publicKey())).isFalse();
    String[] parts = signed.split("\\.", -1);
    String other =
        new GcsAssertion("else@x", account.pem(), TOKEN_URI).sign(NOW).split("\\.", -1)[1];
    assertThat(verified(parts[0] + "." + other + "." + parts[2], account.publicKey())).isFalse();
  }

  @Test
  void aKeyThatIsNoneIsRefusedWithoutRepeatingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GcsAssertion("a@b", "canary", TOKEN_URI))
        .withMessageNotContaining("canary");
  }

  @Test
  void theKeyIsInNoText() {
    assertThat(assertion().toString()).doesNotContain("PRIVATE").contains(ServiceAccount.EMAIL);
  }

  static boolean verified(String jwt, PublicKey key) throws GeneralSecurityException {
    int dot = jwt.lastIndexOf('.');
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(key);
    signature.update(jwt.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(jwt.substring(dot + 1)));
  }

  private GcsAssertion assertion() {
    return new GcsAssertion(ServiceAccount.EMAIL, account.pem(), TOKEN_URI);
  }

  private static JsonObject json(String part) {
    return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(part)));
  }
}
