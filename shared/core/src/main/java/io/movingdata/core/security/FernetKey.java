package io.movingdata.core.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A Fernet key: 32 secret bytes, the first half signing and the second half encrypting. Known to
 * the outside by its {@linkplain #keyId() fingerprint} only.
 */
public final class FernetKey {
  private static final int BYTES = 32;
  private static final byte[] KEY_ID_LABEL =
      "movingdata fernet key id".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;
  private final SecretKey signing;
  private final SecretKey encryption;
  private final String keyId;

  private FernetKey(byte[] bytes) {
    this.bytes = bytes;
    this.signing = new SecretKeySpec(bytes, 0, 16, "HmacSHA256");
    this.encryption = new SecretKeySpec(bytes, 16, 16, "AES");
    this.keyId =
        HexFormat.of().formatHex(Jca.sha256(KEY_ID_LABEL, bytes), 0, 8); // 64 bits tell keys apart
  }

  /**
   * Reads a key of 32 bytes in base64url: 44 characters with the padding sign, or 43 without.
   *
   * @throws IllegalArgumentException if the text is anything else; the message never contains it
   */
  public static FernetKey parse(String text) {
    String padded = text.length() == 43 ? text + "=" : text;
    byte[] key;
    try {
      key = Base64.getUrlDecoder().decode(padded);
    } catch (IllegalArgumentException e) {
      // The decoder's message quotes a character of the secret.
      throw malformed(text);
    }
    if (key.length != BYTES || !Base64.getUrlEncoder().encodeToString(key).equals(padded)) {
      throw malformed(text);
    }
    return new FernetKey(key);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "not a Fernet key: expected 32 bytes in base64url (44 characters), got "
            + text.length()
            + " characters that are not that");
  }

  /** The key's fingerprint: 16 lower-case hexadecimal digits, safe to store and to log. */
  public String keyId() {
    return keyId;
  }

  SecretKey signing() {
    return signing;
  }

  SecretKey encryption() {
    return encryption;
  }

  /** A key for another purpose, from which this one cannot be computed. */
  byte[] derive(String purpose) {
    return Jca.hmacSha256(bytes, purpose.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FernetKey that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "FernetKey[" + keyId + "]";
  }
}
