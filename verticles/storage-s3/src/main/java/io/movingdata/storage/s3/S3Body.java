package io.movingdata.storage.s3;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.checksum.Md5Value;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The bytes of a request and their digests: SHA-256 is signed, MD5 and CRC-32C are what servers
 * check and tell back.
 */
record S3Body(Buffer bytes, String sha256, Md5Value md5, Crc32cValue crc32c) {
  /** No body. */
  static final S3Body EMPTY = of(Buffer.buffer());

  private static final int SLICE = 16 * 1024;

  /** Digests a body: some 30 ms for 10 MiB, so not on an event loop when large. */
  static S3Body of(Buffer bytes) {
    MessageDigest sha256 = digest("SHA-256");
    MessageDigest md5 = digest("MD5");
    CRC32C crc32c = new CRC32C();
    byte[] slice = new byte[Math.min(SLICE, bytes.length())];
    for (int at = 0; at < bytes.length(); at += SLICE) {
      int length = Math.min(SLICE, bytes.length() - at);
      bytes.getBytes(at, at + length, slice);
      sha256.update(slice, 0, length);
      md5.update(slice, 0, length);
      crc32c.update(slice, 0, length);
    }
    return new S3Body(
        bytes,
        HexFormat.of().formatHex(sha256.digest()),
        Md5Value.ofBytes(md5.digest()),
        Crc32cValue.of(crc32c));
  }

  int size() {
    return bytes.length();
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
