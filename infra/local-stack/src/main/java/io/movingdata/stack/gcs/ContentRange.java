package io.movingdata.stack.gcs;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request to a resumable session carries.
 *
 * @param first the offset of its first byte in the object
 * @param length how many bytes it carries, empty if only the end of the body tells
 * @param total the size of the whole object, empty while unknown
 * @param query whether it only asks how much is persisted
 */
record ContentRange(long first, OptionalLong length, OptionalLong total, boolean query) {

  private static final Pattern QUERY = Pattern.compile("bytes \\*/(\\d{1,18}|\\*)");
  private static final Pattern CHUNK =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

  /**
   * Reads the headers of a request.
   *
   * @param header {@code Content-Range}, or null: then the body is the whole object
   * @param contentLength the body's length, -1 if it is not said
   */
  static ContentRange parse(String header, long contentLength) throws GcsException {
    OptionalLong length = contentLength < 0 ? OptionalLong.empty() : OptionalLong.of(contentLength);
    if (header == null) {
      return new ContentRange(0, length, length, false);
    }
    Matcher query = QUERY.matcher(header);
    if (query.matches()) {
      return new ContentRange(0, OptionalLong.of(0), total(query.group(1)), true);
    }
    Matcher chunk = CHUNK.matcher(header);
    if (!chunk.matches()) {
      throw GcsException.invalid("Failed to parse Content-Range header: " + header);
    }
    long first = Long.parseLong(chunk.group(1));
    long last = Long.parseLong(chunk.group(2));
    OptionalLong total = total(chunk.group(3));
    if (last < first || last >= total.orElse(Long.MAX_VALUE)) {
      throw GcsException.invalid("The Content-Range header contradicts itself: " + header);
    }
    long said = last - first + 1;
    if (contentLength >= 0 && contentLength != said) {
      throw GcsException.invalid(
          "The body has %d bytes, but Content-Range is %s".formatted(contentLength, header));
    }
    return new ContentRange(first, OptionalLong.of(said), total, false);
  }

  /** Whether the object is complete with these bytes. */
  boolean completes() {
    return length.isEmpty() || total.equals(OptionalLong.of(first + length.getAsLong()));
  }

  private static OptionalLong total(String text) {
    return text.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }
}
