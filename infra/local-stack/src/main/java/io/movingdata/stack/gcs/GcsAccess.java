package io.movingdata.stack.gcs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/**
 * Who may call: anybody, if neither is there.
 *
 * @param token a token that callers may show
 * @param key the public key of a service account that may get itself tokens
 */
public record GcsAccess(Optional<String> token, Optional<RSAPublicKey> key) {

  /** Anybody. */
  public static final GcsAccess OPEN = new GcsAccess(Optional.empty(), Optional.empty());

  /**
   * Reads a public key.
   *
   * @param file a PEM file with a {@code PUBLIC KEY}
   * @throws IOException if there is none in it
   */
  public static RSAPublicKey readKey(Path file) throws IOException {
    String body = Files.readString(file).replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "").strip();
    try {
      X509EncodedKeySpec encoded = new X509EncodedKeySpec(Base64.getMimeDecoder().decode(body));
      return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(encoded);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Whether no token is needed. */
  public boolean isOpen() {
    return token.isEmpty() && key.isEmpty();
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "GcsAccess[token=" + token.isPresent() + ", key=" + key.isPresent() + "]";
  }
}
