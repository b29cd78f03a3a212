package io.movingdata.core.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

  /** The id that stands for something at a time: the same both times it is asked for. */
  public static String of(Instant at, String what) {
    return String.format("%012x-%s", at.toEpochMilli(), digest(what));
  }

  private static String digest(String text) {
    try {
      byte[] whole =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(whole, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Whether a string has the shape of an id. */
  public static boolean valid(String id) {
    return id != null && id.matches("[0-9a-f]{12}-[0-9a-f]{16}");
  }

  /** When an id was made, to the millisecond. */
  public static Instant at(String id) {
    return Instant.ofEpochMilli(Long.parseLong(id.substring(0, 12), 16));
  }

  /** The UTC day on which an id was made. */
  public static LocalDate day(String id) {
    return at(id).atZone(ZoneOffset.UTC).toLocalDate();
  }
}
