package io.movingdata.gateway.content;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digests of content that arrives in small pieces. */
final class ContentHash {
  private final MessageDigest sha256 = digest("SHA-256");
  private final MessageDigest md5;

  ContentHash(boolean withMd5) {
    this.md5 = withMd5 ? digest("MD5") : null;
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  void update(Buffer piece) {
    byte[] bytes = piece.getBytes();
    sha256.update(bytes);
    if (md5 != null) {
      md5.update(bytes);
    }
  }

  /** Lower-case hexadecimal; ends the digest. */
  String sha256() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Lower-case hexadecimal, null where it was not asked for; ends the digest. */
  String md5() {
    return md5 == null ? null : HexFormat.of().formatHex(md5.digest());
  }
}
