package io.movingdata.core.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Dates in headers (RFC 9110, 5.6.7), and what one tells of two clocks. */
public final class HttpDate {
  /** Providers refuse signatures that are a quarter of an hour off. */
  private static final Duration WORTH_SAYING = Duration.ofMinutes(5);

  private HttpDate() {}

  /** The moment in a date; null for null and for anything else. */
  public static Instant parse(String date) {
    try {
      return date == null
          ? null
          : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.trim()));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * What to add to the message of a refusal: a clock that is wrong makes every signature invalid.
   *
   * @param date the header {@code Date} of the refusal, null where it has none
   * @return empty where the clocks agree, or nothing is known
   */
  public static String skew(String date, Instant now) {
    Instant there = parse(date);
    Duration apart = there == null ? Duration.ZERO : Duration.between(there, now).abs();
    return apart.compareTo(WORTH_SAYING) < 0
        ? ""
        : "; its clock and ours are %d minutes apart".formatted(apart.toMinutes());
  }
}
