package io.movingdata.core.checksum;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * A CRC-32C (Castagnoli) checksum. Those of two adjacent parts give that of the whole without
 * reading a byte again.
 *
 * @param value the 32 bits
 */
public record Crc32cValue(int value) {
  /** The checksum of nothing. */
  public static final Crc32cValue EMPTY = new Crc32cValue(0);

  /** The polynomial, its bits reversed, as everywhere in this class: x⁰ is the highest bit. */
  private static final int POLYNOMIAL = 0x82F63B78;

  private static final int ONE = 1 << 31;

  /** POWERS[n] is x to the power of 2ⁿ, modulo the polynomial; enough for any length in bits. */
  private static final int[] POWERS = powers();

  /** The checksum of a whole array. */
  public static Crc32cValue of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** The checksum of a slice. */
  public static Crc32cValue of(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return of(crc);
  }

  /** The checksum of what was fed to the calculator so far. */
  public static Crc32cValue of(CRC32C calculator) {
    return new Crc32cValue((int) calculator.getValue());
  }

  /**
   * Reads four big-endian bytes in base64, as S3 and GCS write it.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Crc32cValue ofBase64(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (bytes.length != Integer.BYTES) {
      throw new IllegalArgumentException("not a CRC-32C: expected 4 bytes in base64");
    }
    return new Crc32cValue(ByteBuffer.wrap(bytes).getInt());
  }

  /** The four big-endian bytes in base64, as S3 and GCS write it. */
  public String base64() {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  /** Eight lower-case hexadecimal digits. */
  public String hex() {
    return "%08x".formatted(value);
  }

  /**
   * The checksum of A followed by B, from the checksums of both.
   *
   * @param lengthB the length of B in bytes
   */
  public static Crc32cValue combine(Crc32cValue a, Crc32cValue b, long lengthB) {
    if (lengthB < 0) {
      throw new IllegalArgumentException("negative length");
    }
    // Appending n zero bytes to A multiplies its remainder by x to the power of 8n.
    int shift = ONE;
    int power = 3;
    for (long bits = lengthB; bits != 0; bits >>>= 1) {
      if ((bits & 1) != 0) {
        shift = multiply(POWERS[power], shift);
      }
      power++;
    }
    return new Crc32cValue(multiply(shift, a.value) ^ b.value);
  }

  private static int multiply(int a, int b) {
    int product = 0;
    int shifted = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= shifted;
      }
      shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
    }
    return product;
  }

  private static int[] powers() {
    int[] powers = new int[66];
    powers[0] = ONE >>> 1;
    for (int n = 1; n < powers.length; n++) {
      powers[n] = multiply(powers[n - 1], powers[n - 1]);
    }
    return powers;
  }
}
