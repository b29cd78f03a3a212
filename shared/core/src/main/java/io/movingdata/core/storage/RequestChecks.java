package io.movingdata.core.storage;

import io.movingdata.core.error.MovingDataException;
import java.util.Map;
import java.util.regex.Pattern;

/** What a storage worker accepts: keys, metadata, ranges. Everything else is refused by name. */
final class RequestChecks {
  private static final int MAX_KEY = 200;
  private static final int MAX_METADATA = 2048;
  private static final int MAX_PAGE = 1000;
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]*");
  private static final Pattern NAME = Pattern.compile("[a-z]{1,64}");
  private static final Pattern VALUE = Pattern.compile("[ -~]*");
  private static final Pattern DOT_SEGMENT = Pattern.compile("(.*/)?\\.{1,2}(/.*)?");

  private RequestChecks() {}

  static String key(String key) {
    if (key == null || key.isEmpty()) {
      throw MovingDataException.invalid("key", "is missing");
    }
    if (key.length() > MAX_KEY || !PRINTABLE.matcher(key).matches()) {
      throw MovingDataException.invalid("key", "must be 1 to 200 printable ASCII characters");
    }
    if (DOT_SEGMENT.matcher(key).matches()) {
      throw MovingDataException.invalid("key", "must not hold the segments '.' and '..'");
    }
    return key;
  }

  static String prefix(String prefix) {
    String given = prefix == null ? "" : prefix;
    if (given.length() > MAX_KEY || !PRINTABLE.matcher(given).matches()) {
      throw MovingDataException.invalid("prefix", "must be at most 200 printable ASCII characters");
    }
    return given;
  }

  static void metadata(Map<String, String> metadata) {
    int total = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      total += entry.getKey().length() + entry.getValue().length();
      if (!NAME.matcher(entry.getKey()).matches() || !VALUE.matcher(entry.getValue()).matches()) {
        throw MovingDataException.invalid(
            "metadata", "names must be lower-case letters, values printable ASCII");
      }
    }
    if (total > MAX_METADATA) {
      throw MovingDataException.invalid("metadata", "is larger than 2 KB");
    }
  }

  static void range(long offset, long length) {
    notNegative("offset", offset);
    if (length < -1) {
      throw MovingDataException.invalid("length", "must be -1 or more");
    }
  }

  static void notNegative(String name, long value) {
    if (value < 0) {
      throw MovingDataException.invalid(name, "must not be negative");
    }
  }

  static void limit(int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw MovingDataException.invalid("limit", "must be between 1 and 1000");
    }
  }

  static <T> T present(String name, T value) {
    if (value == null) {
      throw MovingDataException.invalid(name, "is missing");
    }
    return value;
  }
}
