package io.movingdata.core.http;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** The header {@code Retry-After} (RFC 9110, 10.2.3). */
public final class RetryAfter {
  /** Nobody's word puts work off for longer. */
  private static final long MOST_MS = Duration.ofHours(1).toMillis();

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

  private RetryAfter() {}

  /**
   * How long to wait.
   *
   * @param value a number of seconds or a date; null where there is no such header
   * @param now for dates
   * @return milliseconds, at most an hour; 0 for nothing of either
   */
  public static long millis(String value, Instant now) {
    if (value == null) {
      return 0;
    }
    String text = value.trim();
    if (SECONDS.matcher(text).matches()) {
      return Math.min(MOST_MS / 1000, Long.parseLong(text)) * 1000;
    }
    Instant until = HttpDate.parse(text);
    return until == null
        ? 0
        : Math.min(MOST_MS, Math.max(0, Duration.between(now, until).toMillis()));
  }
}
