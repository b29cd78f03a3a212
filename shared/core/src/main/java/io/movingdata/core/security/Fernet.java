package io.movingdata.core.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The Fernet token codec of the public specification, version 0x80: AES-128-CBC, HMAC-SHA256 and
 * canonical, padded base64url, over byte arrays.
 */
public final class Fernet {
  /** The raw token's bytes before the ciphertext: version, timestamp, IV. */
  static final int PREFIX = 1 + 8 + 16;

  static final int IV = 16;
  static final int BLOCK = 16;
  static final int TAG = 32;
  static final byte VERSION = (byte) 0x80;

  private static final long MAX_CLOCK_SKEW_SECONDS = 60;
  private static final byte[] NO_HEADER = {};

  private Fernet() {}

  /** The length in bytes of the token for a content of that many bytes. */
  public static long tokenLength(long contentLength) {
    long raw = PREFIX + (contentLength / BLOCK + 1) * BLOCK + TAG;
    return (raw + 2) / 3 * 4;
  }

  /**
   * Encrypts the content. The IV must not have been used with this key for other content.
   *
   * @param iv 16 bytes
   * @param second the token's timestamp, in seconds since 1970
   */
  public static byte[] encrypt(FernetKey key, byte[] iv, long second, byte[] content) {
    byte[] token = new byte[Math.toIntExact(tokenLength(content.length))];
    TokenEncoder.local().encode(key, second, iv, NO_HEADER, content, 0, content.length, token);
    return token;
  }

  /**
   * Decrypts a token of any age.
   *
   * @throws FernetException if the token is invalid in any way
   */
  public static byte[] decrypt(FernetKey key, byte[] token) {
    byte[] buffer = new byte[TokenDecoder.bufferLength(token.length)];
    int length = TokenDecoder.local().decode(key, token, 0, token.length, buffer, second -> true);
    return Arrays.copyOf(buffer, length);
  }

  /**
   * Decrypts a token no older than the time to live and no more than a minute from the future.
   *
   * @throws FernetException if the token is expired or invalid in any way
   */
  public static byte[] decrypt(FernetKey key, byte[] token, Duration timeToLive, Instant now) {
    long current = now.getEpochSecond();
    long oldest = current - timeToLive.toSeconds();
    long newest = current + MAX_CLOCK_SKEW_SECONDS;
    byte[] buffer = new byte[TokenDecoder.bufferLength(token.length)];
    int length =
        TokenDecoder.local()
            .decode(
                key,
                token,
                0,
                token.length,
                buffer,
                second -> oldest <= second && second <= newest);
    return Arrays.copyOf(buffer, length);
  }
}
