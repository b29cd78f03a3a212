package io.movingdata.core.checksum;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * An MD5 checksum, which stores use to compare objects; it protects against accidents only.
 *
 * @param hex 32 lower-case hexadecimal digits, as in an S3 ETag
 */
public record Md5Value(String hex) {
  private static final int BYTES = 16;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

  /**
   * Checks the digits.
   *
   * @throws IllegalArgumentException if the text is not 32 lower-case hexadecimal digits
   */
  public Md5Value {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("not an MD5: expected 32 lower-case hex digits");
    }
  }

  /**
   * The checksum of 16 bytes, as a digest returns it.
   *
   * @throws IllegalArgumentException if there are not 16
   */
  public static Md5Value ofBytes(byte[] digest) {
    return new Md5Value(HexFormat.of().formatHex(digest));
  }

  /**
   * Reads 16 bytes in base64, as in the Content-MD5 header.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Md5Value ofBase64(String text) {
    byte[] digest = Base64.getDecoder().decode(text);
    if (digest.length != BYTES) {
      throw new IllegalArgumentException("not an MD5: expected 16 bytes in base64");
    }
    return ofBytes(digest);
  }

  /** The 16 bytes in base64, as in the Content-MD5 header. */
  public String base64() {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
