package io.movingdata.core.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.LongPredicate;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;

/**
 * Reads Fernet tokens: decodes and authenticates the whole token into one buffer and only then
 * decrypts it in place. One per thread.
 */
final class TokenDecoder {
  private static final int TEXT_SLICE = 16 * 1024;
  private static final int RAW_SLICE = TEXT_SLICE / 4 * 3;
  private static final int MIN_RAW = Fernet.PREFIX + Fernet.BLOCK + Fernet.TAG;

  private static final ThreadLocal<TokenDecoder> LOCAL = ThreadLocal.withInitial(TokenDecoder::new);

  private final Cipher cipher = Jca.cipher("AES/CBC/NoPadding");
  private final Mac mac = Jca.hmacSha256();
  private final Base64.Decoder base64 = Base64.getUrlDecoder();
  private final byte[] text = new byte[TEXT_SLICE];
  private final byte[] raw = new byte[RAW_SLICE];
  private final byte[] iv = new byte[Fernet.IV];

  private TokenDecoder() {}

  static TokenDecoder local() {
    return LOCAL.get();
  }

  /** The length of the buffer in which a token of that many characters is decoded. */
  static int bufferLength(int tokenLength) {
    return tokenLength / 4 * 3;
  }

  /** The IV of the token that this thread decoded last. */
  byte[] iv() {
    return iv.clone();
  }

  /**
   * Writes a token's authenticated plaintext to the start of the buffer.
   *
   * @param buffer at least {@link #bufferLength} bytes; its content is unspecified after a failure
   * @return the plaintext's length
   * @throws FernetException if the token is invalid in any way
   */
  int decode(
      FernetKey key,
      byte[] token,
      int offset,
      int length,
      byte[] buffer,
      LongPredicate acceptableSecond) {
    try {
      mac.init(key.signing());
      int end = authenticate(token, offset, length, buffer, acceptableSecond);
      cipher.init(Cipher.DECRYPT_MODE, key.encryption(), new IvParameterSpec(iv));
      // Plaintext is written 25 bytes before its ciphertext, where nothing unread is left.
      for (int at = Fernet.PREFIX; at < end; at += Jca.SLICE) {
        int slice = Math.min(Jca.SLICE, end - at);
        cipher.update(buffer, at, slice, buffer, at - Fernet.PREFIX);
      }
      return unpadded(buffer, end - Fernet.PREFIX);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Decodes the token into the buffer and returns the end of its ciphertext there. */
  private int authenticate(
      byte[] token, int offset, int length, byte[] buffer, LongPredicate acceptableSecond) {
    int rawLength = rawLength(token, offset, length);
    int signed = rawLength - Fernet.TAG;
    if (rawLength < MIN_RAW || (signed - Fernet.PREFIX) % Fernet.BLOCK != 0) {
      throw new FernetException();
    }
    int at = 0;
    for (int from = 0; from < length; from += TEXT_SLICE) {
      int slice = Math.min(TEXT_SLICE, length - from);
      int decoded = decodeSlice(token, offset + from, slice);
      if (decoded != Math.min(RAW_SLICE, rawLength - at)) {
        throw new FernetException();
      }
      mac.update(raw, 0, Math.max(0, Math.min(decoded, signed - at)));
      System.arraycopy(raw, 0, buffer, at, decoded);
      at += decoded;
    }
    requireCanonicalEnd(token, offset + length, buffer, rawLength);
    ByteBuffer fields = ByteBuffer.wrap(buffer);
    if (fields.get() != Fernet.VERSION || !acceptableSecond.test(fields.getLong())) {
      throw new FernetException();
    }
    fields.get(iv);
    if (!MessageDigest.isEqual(mac.doFinal(), Arrays.copyOfRange(buffer, signed, rawLength))) {
      throw new FernetException();
    }
    return signed;
  }

  private static int rawLength(byte[] token, int offset, int length) {
    if (length == 0 || length % 4 != 0) {
      throw new FernetException();
    }
    int end = offset + length;
    int padding = token[end - 1] != '=' ? 0 : token[end - 2] != '=' ? 1 : 2;
    return bufferLength(length) - padding;
  }

  private int decodeSlice(byte[] token, int from, int length) {
    byte[] slice = length == TEXT_SLICE ? text : new byte[length];
    System.arraycopy(token, from, slice, 0, length);
    try {
      return base64.decode(slice, raw);
    } catch (IllegalArgumentException e) {
      throw new FernetException();
    }
  }

  /** The JDK's decoder ignores unused bits of the last character: a second spelling of a token. */
  private static void requireCanonicalEnd(byte[] token, int end, byte[] buffer, int rawLength) {
    byte[] tail = Arrays.copyOfRange(buffer, (rawLength - 1) / 3 * 3, rawLength);
    byte[] canonical = Base64.getUrlEncoder().encode(tail);
    if (!Arrays.equals(canonical, 0, 4, token, end - 4, end)) {
      throw new FernetException();
    }
  }

  private static int unpadded(byte[] buffer, int length) {
    int padding = buffer[length - 1];
    if (padding < 1 || padding > Fernet.BLOCK) {
      throw new FernetException();
    }
    for (int at = length - padding; at < length; at++) {
      if (buffer[at] != padding) {
        throw new FernetException();
      }
    }
    return length - padding;
  }
}
