package io.movingdata.storage.s3;

import io.vertx.core.MultiMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes that a read asked for, against those that an answer announces.
 *
 * @param offset of the first byte
 * @param length of the range, -1 to the end of the object
 */
record S3Range(long offset, long length) {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

  /** Bytes that follow, and bytes that the whole object has. */
  record Announced(long bytes, long objectSize) {}

  /** The {@code Range} header, null for the whole object. */
  String header() {
    if (offset == 0 && length == -1) {
      return null;
    }
    return "bytes=" + offset + "-" + (length == -1 ? "" : offset + length - 1);
  }

  /**
   * What an answer of status 200 or 206 announces.
   *
   * @return null where it does not say how much follows, or is not what was asked for
   */
  Announced announced(int status, MultiMap headers) {
    long contentLength = number(headers.get("content-length"));
    if (status == 200) {
      boolean whole = offset == 0 && (length == -1 || length >= contentLength);
      return contentLength >= 0 && whole ? new Announced(contentLength, contentLength) : null;
    }
    String header = headers.get("content-range");
    Matcher range = CONTENT_RANGE.matcher(header == null ? "" : header);
    if (!range.matches()) {
      return null;
    }
    long first = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    long size = Long.parseLong(range.group(3));
    long wantedLast = length == -1 ? size - 1 : Math.min(size, offset + length) - 1;
    boolean asked = first == offset && last == wantedLast && last < size;
    boolean agrees = contentLength == -1 || contentLength == last - first + 1;
    return asked && agrees ? new Announced(last - first + 1, size) : null;
  }

  private static long number(String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }
}
