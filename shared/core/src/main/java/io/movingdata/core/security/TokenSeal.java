package io.movingdata.core.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the provider's resume tokens of one location before they are stored, because some are
 * credentials: AES-256-GCM under a key derived from the location's own credential secret.
 */
public final class TokenSeal {
  private static final String VERSION = "v1.";
  private static final String PURPOSE = "movingdata resume token v1";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final SecretKey key;

  /**
   * The seal of one location.
   *
   * @param credentialSecret the location's provider credential
   */
  public TokenSeal(String locationId, String credentialSecret) {
    byte[] derived =
        Jca.hmacSha256(
            credentialSecret.getBytes(StandardCharsets.UTF_8),
            PURPOSE.getBytes(StandardCharsets.US_ASCII),
            locationId.getBytes(StandardCharsets.UTF_8));
    this.key = new SecretKeySpec(derived, "AES");
  }

  /** The token, sealed; printable ASCII, safe in documents and messages. */
  public String seal(String token) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] text = token.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text);
      byte[] sealed =
          ByteBuffer.allocate(NONCE + ciphertext.length).put(nonce).put(ciphertext).array();
      return VERSION + ENCODER.encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The token; empty if it was sealed elsewhere, under other credentials, or tampered with. */
  public Optional<String> open(String sealed) {
    if (!sealed.startsWith(VERSION)) {
      return Optional.empty();
    }
    try {
      String text = sealed.substring(VERSION.length());
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length < NONCE + TAG_BITS / 8 || !ENCODER.encodeToString(bytes).equals(text)) {
        return Optional.empty();
      }
      byte[] nonce = Arrays.copyOf(bytes, NONCE);
      byte[] token = cipher(Cipher.DECRYPT_MODE, nonce).doFinal(bytes, NONCE, bytes.length - NONCE);
      return Optional.of(new String(token, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Jca.cipher("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(VERSION.getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }

  @Override
  public String toString() {
    return "TokenSeal";
  }
}
