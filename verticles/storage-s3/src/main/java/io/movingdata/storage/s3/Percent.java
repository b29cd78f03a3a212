package io.movingdata.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Percent-encoding as signature version 4 wants it: UTF-8, upper-case digits, everything but
 * letters, digits and {@code -._~}. What is signed is what is sent, byte for byte.
 */
final class Percent {
  private static final String HEX = "0123456789ABCDEF";

  private Percent() {}

  /** Encodes a query name or value, or one path segment. */
  static String encode(String text) {
    return encode(text, false);
  }

  /** Encodes a path: slashes stay, and nothing is normalised. */
  static String encodePath(String path) {
    return encode(path, true);
  }

  /** The query string of the given pairs, in the order in which it is signed. */
  static String query(Map<String, String> pairs) {
    SortedMap<String, String> encoded = new TreeMap<>();
    pairs.forEach((name, value) -> encoded.put(encode(name), encode(value)));
    return encoded.entrySet().stream()
        .map(pair -> pair.getKey() + "=" + pair.getValue())
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text, boolean keepSlash) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c) || (keepSlash && c == '/')) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
