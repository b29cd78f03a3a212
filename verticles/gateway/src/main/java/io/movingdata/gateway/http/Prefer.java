package io.movingdata.gateway.http;

import java.util.List;
import java.util.Locale;

/**
 * What a client prefers (RFC 7240): how long to wait for the outcome, in milliseconds, or not at
 * all.
 */
public record Prefer(boolean respondAsync, long waitMs) {
  private static final long DEFAULT_S = 30;
  private static final long MOST_S = 120;

  /** Reads the header's values; what it does not understand it ignores, as the RFC wants. */
  public static Prefer parse(List<String> headers) {
    boolean async = false;
    long seconds = DEFAULT_S;
    for (String header : headers) {
      for (String part : header.split(",", -1)) {
        String preference = part.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (preference.equals("respond-async")) {
          async = true;
        } else if (preference.matches("wait\\s*=\\s*\"?[0-9]{1,9}\"?")) {
          seconds = Math.min(MOST_S, Long.parseLong(preference.replaceAll("[^0-9]", "")));
        }
      }
    }
    return new Prefer(async, async ? 0 : seconds * 1000);
  }
}
