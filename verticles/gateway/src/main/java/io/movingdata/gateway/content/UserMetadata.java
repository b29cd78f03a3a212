package io.movingdata.gateway.content;

import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.MetadataEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** User metadata: {@code X-Meta-<name>} headers of an upload, given back with each download. */
public final class UserMetadata {
  /** Before each name. */
  public static final String PREFIX = "X-Meta-";

  private static final int MOST_BYTES = 8 * 1024;
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");

  private UserMetadata() {}

  /**
   * The metadata among headers; names in lower case, in order.
   *
   * @throws MovingDataException invalid request naming each header at fault
   */
  static List<MetadataEntry> of(Iterable<Map.Entry<String, String>> headers) {
    Map<String, String> found = new LinkedHashMap<>();
    List<MovingDataException.FieldError> wrong = new ArrayList<>();
    int bytes = 0;
    for (Map.Entry<String, String> header : headers) {
      if (!header.getKey().regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
        continue;
      }
      String name = header.getKey().substring(PREFIX.length()).toLowerCase(Locale.ROOT);
      String value = header.getValue().strip();
      bytes += name.length() + value.length();
      if (!NAME.matcher(name).matches()) {
        wrong.add(error("X-Meta-*", "names are 1 to 64 letters, digits, dashes and underscores"));
      } else if (!VALUE.matcher(value).matches()) {
        wrong.add(error(PREFIX + name, "must be printable ASCII; percent-encode the rest"));
      } else if (found.put(name, value) != null) {
        wrong.add(error(PREFIX + name, "is given more than once"));
      }
    }
    if (bytes > MOST_BYTES) {
      wrong.add(error("X-Meta-*", "is more than " + MOST_BYTES + " bytes in all"));
    }
    if (!wrong.isEmpty()) {
      throw MovingDataException.invalid(wrong);
    }
    return found.entrySet().stream()
        .map(entry -> new MetadataEntry(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static MovingDataException.FieldError error(String field, String message) {
    return new MovingDataException.FieldError(field, message);
  }

  /** A value as it may stand in a header: whatever is not printable ASCII is percent-encoded. */
  static String headerValue(String value) {
    StringBuilder safe = new StringBuilder(value.length());
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (b >= 0x20 && b < 0x7f) {
        safe.append((char) b);
      } else {
        safe.append(String.format("%%%02X", b & 0xff));
      }
    }
    return safe.toString();
  }
}
