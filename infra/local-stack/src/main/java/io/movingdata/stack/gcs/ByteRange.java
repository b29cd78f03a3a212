package io.movingdata.stack.gcs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of an object that a download asks for.
 *
 * @param first the offset of its first byte
 * @param length how many bytes; 0 if the range lies outside the object
 */
record ByteRange(long first, long length) {

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** Reads a {@code Range} header; empty, meaning everything, if it is absent or not understood. */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher range = RANGE.matcher(header == null ? "" : header.strip());
    if (!range.matches() || range.group().equals("bytes=-")) {
      return Optional.empty();
    }
    if (range.group(1).isEmpty()) {
      long suffix = Math.min(size, Long.parseLong(range.group(2)));
      return Optional.of(new ByteRange(size - suffix, suffix));
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(range.group(2));
    if (last < first) {
      return Optional.empty();
    }
    return Optional.of(
        first >= size
            ? new ByteRange(first, 0)
            : new ByteRange(first, Math.min(size, last + 1) - first));
  }
}
