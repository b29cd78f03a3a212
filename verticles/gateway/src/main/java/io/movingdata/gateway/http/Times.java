package io.movingdata.gateway.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times as clients write them: ISO-8601 with an offset, or seconds since 1970. */
final class Times {
  private static final long FAR_SECONDS = 253_402_300_799L;

  private Times() {}

  static Optional<Instant> parse(String text) {
    try {
      if (text.matches("[0-9]{1,12}(\\.[0-9]{1,9})?")) {
        return ofSeconds(Double.parseDouble(text));
      }
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static Optional<Instant> ofSeconds(double seconds) {
    boolean usable = seconds >= 0 && seconds <= FAR_SECONDS;
    return usable
        ? Optional.of(Instant.ofEpochMilli(Math.round(seconds * 1000)))
        : Optional.empty();
  }
}
