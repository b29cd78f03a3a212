package io.movingdata.storage.gcs;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header values that say which bytes of an object a message carries. */
final class ContentRanges {
  /** Parts before the last are multiples of this many bytes. */
  static final int UNIT = 256 * 1024;

  /** Asks how much of an upload of unknown length is stored. */
  static final String STATUS = "bytes */*";

  private static final Pattern PERSISTED = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");

  private ContentRanges() {}

  /** Bytes from {@code from} to before {@code end} of an upload that goes on. */
  static String part(long from, long end) {
    return "bytes " + from + "-" + (end - 1) + "/*";
  }

  /** Bytes from {@code from} to the end of the object; finishes the upload. */
  static String lastPart(long from, long total) {
    return from == total ? finish(total) : "bytes " + from + "-" + (total - 1) + "/" + total;
  }

  /** Finishes an upload all of whose bytes are stored. */
  static String finish(long total) {
    return "bytes */" + total;
  }

  /**
   * How many bytes an unfinished upload holds.
   *
   * @param range the {@code Range} header of a 308 answer; null means that it holds none
   * @return empty where the header is nonsense
   */
  static OptionalLong persisted(String range) {
    if (range == null) {
      return OptionalLong.of(0);
    }
    Matcher matcher = PERSISTED.matcher(range.trim());
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)) + 1)
        : OptionalLong.empty();
  }

  /** The {@code Range} header of a read. */
  static String read(long from, long end) {
    return "bytes=" + from + "-" + (end - 1);
  }

  /** The {@code Content-Range} header that answers {@link #read}. */
  static String answer(long from, long end, long total) {
    return "bytes " + from + "-" + (end - 1) + "/" + total;
  }
}
