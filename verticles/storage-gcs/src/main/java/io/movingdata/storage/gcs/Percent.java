package io.movingdata.storage.gcs;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of one path segment or query value: everything but unreserved characters. */
final class Percent {
  private Percent() {}

  /** The encoded text; a slash inside it does not divide the path. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
