package io.movingdata.core.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;

/**
 * Writes Fernet tokens slice by slice: each slice is encrypted, signed and encoded while it is in
 * the processor's cache, so that the only large memory touched is the content and the token. One
 * per thread.
 */
final class TokenEncoder {
  /** A multiple of the cipher's block and of the three bytes that base64 takes at once. */
  private static final int RAW_SLICE = 12 * 1024;

  private static final ThreadLocal<TokenEncoder> LOCAL = ThreadLocal.withInitial(TokenEncoder::new);

  private final Cipher cipher = Jca.cipher("AES/CBC/PKCS5Padding");
  private final Mac mac = Jca.hmacSha256();
  private final Base64.Encoder base64 = Base64.getUrlEncoder();

  /** Raw token bytes not yet encoded: less than a slice is left over when the next one arrives. */
  private final byte[] pending = new byte[2 * RAW_SLICE + Fernet.BLOCK + Fernet.TAG];

  private final byte[] raw = new byte[RAW_SLICE];
  private final byte[] text = new byte[RAW_SLICE / 3 * 4];
  private int filled;
  private int written;

  private TokenEncoder() {}

  static TokenEncoder local() {
    return LOCAL.get();
  }

  /**
   * Writes the token for header and content to the start of the target.
   *
   * @param header a multiple of 16 bytes, encrypted before the content
   * @return the token's length
   */
  int encode(
      FernetKey key,
      long second,
      byte[] iv,
      byte[] header,
      byte[] content,
      int offset,
      int length,
      byte[] target) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key.encryption(), new IvParameterSpec(iv));
      mac.init(key.signing());
      written = 0;
      ByteBuffer.wrap(pending).put(Fernet.VERSION).putLong(second).put(iv);
      sign(0, Fernet.PREFIX);
      encrypt(header, 0, header.length, target);
      int end = offset + length;
      for (int at = offset; at < end; at += RAW_SLICE) {
        encrypt(content, at, Math.min(RAW_SLICE, end - at), target);
      }
      sign(filled, filled + cipher.doFinal(pending, filled));
      filled += mac(filled);
      flush(target);
      return finish(target);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void encrypt(byte[] source, int offset, int length, byte[] target)
      throws GeneralSecurityException {
    sign(filled, filled + cipher.update(source, offset, length, pending, filled));
    flush(target);
  }

  private void sign(int from, int to) {
    mac.update(pending, from, to - from);
    filled = to;
  }

  private int mac(int at) throws GeneralSecurityException {
    mac.doFinal(pending, at);
    return Fernet.TAG;
  }

  private void flush(byte[] target) {
    int from = 0;
    while (filled - from >= RAW_SLICE) {
      System.arraycopy(pending, from, raw, 0, RAW_SLICE);
      append(raw, target);
      from += RAW_SLICE;
    }
    if (from > 0) {
      System.arraycopy(pending, from, pending, 0, filled - from);
      filled -= from;
    }
  }

  private int finish(byte[] target) {
    append(Arrays.copyOf(pending, filled), target);
    return written;
  }

  /** The JDK's encoder takes whole arrays only and writes at their start: hence the two copies. */
  private void append(byte[] slice, byte[] target) {
    int length = base64.encode(slice, text);
    System.arraycopy(text, 0, target, written, length);
    written += length;
  }
}
