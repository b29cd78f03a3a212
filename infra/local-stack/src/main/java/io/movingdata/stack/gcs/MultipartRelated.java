package io.movingdata.stack.gcs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code multipart/related} body, read part by part without holding one in memory. */
final class MultipartRelated {

  private static final Pattern BOUNDARY =
      Pattern.compile(
          "multipart/related;.*boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70})).*",
          Pattern.CASE_INSENSITIVE);

  private static final byte[] LINE_END = {'\r', '\n'};

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[64 * 1024];
  private int start;
  private int end;

  MultipartRelated(InputStream in, String contentType) throws GcsException {
    Matcher matcher = BOUNDARY.matcher(contentType);
    if (!matcher.matches()) {
      throw GcsException.invalid("A multipart/related body with a boundary is required.");
    }
    String boundary = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    // The first delimiter has no line before it; with this one it looks like the others.
    System.arraycopy(LINE_END, 0, buffer, 0, LINE_END.length);
    this.end = LINE_END.length;
  }

  /**
   * Goes on to the next part, past what is left of the current one.
   *
   * @return its content type, or empty
   */
  String next() throws IOException, GcsException {
    byte[] skipped = new byte[8 * 1024];
    int n = 0;
    while (n >= 0) {
      n = read(skipped, 0, skipped.length);
    }
    start += delimiter.length;
    if (line().startsWith("--")) {
      throw GcsException.invalid("The multipart body has too few parts.");
    }
    String type = "";
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-type:")) {
        type = header.substring("content-type:".length()).strip();
      }
    }
    return type;
  }

  /** The content of the current part. */
  InputStream body() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return MultipartRelated.this.read(bytes, offset, length);
      }
    };
  }

  /** Reads from the current part: up to the next delimiter. */
  private int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      int at = find(delimiter);
      if (at == start) {
        return -1;
      }
      // Without a delimiter, the last bytes may be the beginning of one.
      int free = at >= 0 ? at - start : end - start - delimiter.length + 1;
      if (free > 0) {
        int n = Math.min(length, free);
        System.arraycopy(buffer, start, bytes, offset, n);
        start += n;
        return n;
      }
      fill();
    }
  }

  private String line() throws IOException, GcsException {
    while (true) {
      int at = find(LINE_END);
      if (at >= 0) {
        String line = new String(buffer, start, at - start, StandardCharsets.UTF_8);
        start = at + LINE_END.length;
        return line;
      }
      if (end - start > buffer.length / 2) {
        throw GcsException.invalid("A header of the multipart body is too long.");
      }
      fill();
    }
  }

  private int find(byte[] wanted) {
    for (int i = start; i <= end - wanted.length; i++) {
      if (buffer[i] == wanted[0]
          && Arrays.equals(buffer, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, end - start);
    end -= start;
    start = 0;
    int n = in.read(buffer, end, buffer.length - end);
    if (n < 0) {
      throw new EOFException("the multipart body ends without its boundary");
    }
    end += n;
  }
}
