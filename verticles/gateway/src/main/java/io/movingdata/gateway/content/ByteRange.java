package io.movingdata.gateway.content;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What part of a content a {@code Range} header asks for (RFC 9110, 14).
 *
 * @param offset first byte
 * @param length bytes
 */
record ByteRange(long offset, long length) {
  private static final Pattern SINGLE =
      Pattern.compile("bytes\\s*=\\s*([0-9]{0,18})-([0-9]{0,18})", Pattern.CASE_INSENSITIVE);

  /** No byte of the content lies in the range. */
  static final ByteRange OUTSIDE = new ByteRange(0, -1);

  /**
   * The range that is asked for of a content of that size: empty where the whole shall be sent,
   * which is also the answer to several ranges and to what is not understood.
   */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher match = SINGLE.matcher(header == null ? "" : header.strip());
    if (!match.matches()) {
      return Optional.empty();
    }
    String first = match.group(1);
    String last = match.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? Optional.empty() : Optional.of(suffix(Long.parseLong(last), size));
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    if (to < from) {
      return Optional.empty();
    }
    return Optional.of(
        from >= size ? OUTSIDE : new ByteRange(from, Math.min(to, size - 1) - from + 1));
  }

  private static ByteRange suffix(long wanted, long size) {
    long length = Math.min(wanted, size);
    return length == 0 ? OUTSIDE : new ByteRange(size - length, length);
  }

  boolean satisfiable() {
    return length > 0;
  }

  /** The value of {@code Content-Range}. */
  String describe(long size) {
    return satisfiable()
        ? "bytes " + offset + "-" + (offset + length - 1) + "/" + size
        : "bytes */" + size;
  }
}
