package io.movingdata.core.model;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;

/**
 * Ids that sort by time: 12 hexadecimal digits of Unix milliseconds, a dash, 16 random ones. The
 * day of an id is known from the id alone.
 */
public final class TimeId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private TimeId() {}

  /** A new id. */
  public static String next(Instant now) {
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    return String.format("%012x-%s", now.toEpochMilli(), HexFormat.of().formatHex(random));
  }

  /** Whether a string has the shape of an id. */
  public static boolean valid(String id) {
    return id != null && id.matches("[0-9a-f]{12}-[0-9a-f]{16}");
  }

  /** The UTC day on which an id was made. */
  public static LocalDate day(String id) {
    long millis = Long.parseLong(id.substring(0, 12), 16);
    return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate();
  }
}
