package io.movingdata.core.security;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of one stored copy of one object: 128 random bits as 32 lower-case hexadecimal digits,
 * never reused.
 */
public record CopyId(@JsonValue String value) {
  /** The length of {@link #bytes()}. */
  public static final int BYTES = 16;

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * Checks the digits.
   *
   * @throws IllegalArgumentException if the value is not 32 lower-case hexadecimal digits
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CopyId {
    if (!HEX.matcher(value).matches()) {
      throw new IllegalArgumentException("not a copy id: expected 32 lower-case hex digits");
    }
  }

  /** A new copy id from the platform's secure random generator. */
  public static CopyId random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return ofBytes(bytes);
  }

  /** The copy id of 16 bytes. */
  public static CopyId ofBytes(byte[] bytes) {
    return new CopyId(HexFormat.of().formatHex(bytes));
  }

  /** The 16 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
