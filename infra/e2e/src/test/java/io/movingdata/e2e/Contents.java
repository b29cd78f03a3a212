package io.movingdata.e2e;

import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Content that is different in every byte and the same in every run. */
public final class Contents {
  private Contents() {}

  /** So many bytes of a seed. */
  public static byte[] bytes(int length, long seed) {
    byte[] content = new byte[length];
    new SplittableRandom(seed).nextBytes(content);
    return content;
  }

  /** So many bytes of a seed, as a stream. */
  public static InputStream stream(long length, long seed) {
    return new InputStream() {
      private final SplittableRandom random = new SplittableRandom(seed);
      private final byte[] block = new byte[64 * 1024];
      private int at = block.length;
      private long left = length;

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int wanted) {
        if (left == 0) {
          return -1;
        }
        if (at == block.length) {
          random.nextBytes(block);
          at = 0;
        }
        int count = (int) Math.min(Math.min(wanted, block.length - at), left);
        System.arraycopy(block, at, into, offset, count);
        at += count;
        left -= count;
        return count;
      }
    };
  }

  /** SHA-256 of a stream, in lower-case hexadecimal; reads it to the end. */
  public static String sha256(InputStream content) throws java.io.IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of bytes, in lower-case hexadecimal. */
  public static String sha256(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
