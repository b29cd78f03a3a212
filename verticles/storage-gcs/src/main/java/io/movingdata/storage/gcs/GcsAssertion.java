package io.movingdata.storage.gcs;

import io.movingdata.core.json.Json;
import io.movingdata.core.security.PemKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * What a service account signs to be given an access token: a JWT (RFC 7523) signed with RS256 that
 * names the account, the scope and the token address.
 */
final class GcsAssertion {
  private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Map<String, Object> HEADER = Map.of("alg", "RS256", "typ", "JWT");

  private final String clientEmail;
  private final URI tokenUri;
  private final PrivateKey key;

  /**
   * The assertions of one account.
   *
   * @param privateKeyPem PKCS#8 or PKCS#1
   * @throws IllegalArgumentException if the key is not a readable RSA private key; the message does
   *     not repeat it
   */
  GcsAssertion(String clientEmail, String privateKeyPem, URI tokenUri) {
    this.clientEmail = clientEmail;
    this.tokenUri = tokenUri;
    this.key = PemKeys.rsaPrivateKey(privateKeyPem);
  }

  /** An assertion that holds for an hour from now. */
  String sign(Instant now) {
    Map<String, Object> claims =
        Map.of(
            "iss", clientEmail,
            "scope", SCOPE,
            "aud", tokenUri.toString(),
            "iat", now.getEpochSecond(),
            "exp", now.plus(LIFETIME).getEpochSecond());
    String unsigned = encode(HEADER) + "." + encode(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
      return unsigned + "." + encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the service account's key cannot sign", e);
    }
  }

  private static String encode(Map<String, Object> json) {
    return encode(Json.toBuffer(json).getBytes());
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "GcsAssertion of " + clientEmail;
  }
}
