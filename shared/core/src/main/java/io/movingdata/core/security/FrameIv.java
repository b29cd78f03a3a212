package io.movingdata.core.security;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The rule that gives each frame of each copy its IV, so that any node can make the same bytes
 * again: the first 16 bytes of HMAC-SHA256 over copy id and index under a derived key.
 */
final class FrameIv {
  private final byte[] derivedKey;
  private final byte[] copyId;

  FrameIv(FernetKey key, CopyId copyId) {
    this.derivedKey = key.derive("movingdata frame iv v1");
    this.copyId = copyId.bytes();
  }

  byte[] of(long index) {
    byte[] place = ByteBuffer.allocate(Long.BYTES).putLong(index).array();
    return Arrays.copyOf(Jca.hmacSha256(derivedKey, copyId, place), Fernet.IV);
  }
}
