package io.movingdata.stack.gcs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/** The two checksums of an object, over the bytes that were written so far. */
final class Checksums {

  private static final int BUFFER = 256 * 1024;

  private final MessageDigest md5 = newMd5();
  private final CRC32C crc32c = new CRC32C();
  private long length;

  /** Reads a whole file. */
  static Checksums ofFile(Path file) throws IOException {
    Checksums sums = new Checksums();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sums.update(buffer, 0, n);
      }
    }
    return sums;
  }

  void update(byte[] bytes, int offset, int count) {
    md5.update(bytes, offset, count);
    crc32c.update(bytes, offset, count);
    length += count;
  }

  /** How many bytes they cover. */
  long length() {
    return length;
  }

  /** Ends the sums. */
  Values values() {
    byte[] crc = ByteBuffer.allocate(4).putInt((int) crc32c.getValue()).array();
    Base64.Encoder base64 = Base64.getEncoder();
    return new Values(length, base64.encodeToString(md5.digest()), base64.encodeToString(crc));
  }

  /**
   * What the bytes amount to.
   *
   * @param size their number
   * @param md5Hash base64
   * @param crc32c base64 of the big-endian value
   */
  record Values(long size, String md5Hash, String crc32c) {}

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
