package io.movingdata.gateway.http;

import java.util.UUID;
import java.util.regex.Pattern;

/** Trace ids: a client's own where it is harmless, a new one otherwise. */
final class RequestIds {
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestIds() {}

  static String of(String given) {
    return given != null && HARMLESS.matcher(given).matches()
        ? given
        : UUID.randomUUID().toString();
  }
}
