package io.movingdata.gateway.content;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conditions of a request (RFC 9110, 13). A file's entity tag is its SHA-256 in quotes.
 *
 * @param ifMatch null where absent, as are the others
 */
record Conditions(String ifMatch, String ifNoneMatch, String ifModifiedSince, String ifRange) {
  private static final Pattern TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");
  private static final Pattern LIST =
      Pattern.compile("\\s*(" + TAG + "\\s*,\\s*)*" + TAG + "\\s*,?\\s*");

  /** The entity tag of a content. */
  static String etag(FileRecord file) {
    return "\"" + file.sha256() + "\"";
  }

  /** When a file last changed, as far as HTTP can tell. */
  static Instant modified(FileRecord file) {
    return file.updatedAt().truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Checks the conditions under which a file, null where there is none, may be changed.
   *
   * @throws MovingDataException {@code PRECONDITION_FAILED}; invalid request for a malformed header
   */
  void requireForChange(FileRecord file) {
    boolean ok =
        (ifMatch == null || matches("If-Match", ifMatch, file, true))
            && (ifNoneMatch == null || !matches("If-None-Match", ifNoneMatch, file, false));
    if (!ok) {
      throw MovingDataException.of(
          ErrorCode.PRECONDITION_FAILED,
          file == null ? "there is no such file" : "the file's entity tag is " + etag(file));
    }
  }

  /** Whether a client that reads has the content already; checks {@code If-Match} first. */
  boolean notModified(FileRecord file) {
    if (ifMatch != null && !matches("If-Match", ifMatch, file, true)) {
      throw MovingDataException.of(
          ErrorCode.PRECONDITION_FAILED, "the file's entity tag is " + etag(file));
    }
    if (ifNoneMatch != null) {
      return matches("If-None-Match", ifNoneMatch, file, false);
    }
    return httpDate(ifModifiedSince).map(since -> !modified(file).isAfter(since)).orElse(false);
  }

  /** Whether a range may be sent: {@code If-Range} is absent or names this very content. */
  boolean rangeAllowed(FileRecord file) {
    if (ifRange == null) {
      return true;
    }
    String wanted = ifRange.strip();
    return wanted.equals(etag(file))
        || httpDate(wanted).map(date -> date.equals(modified(file))).orElse(false);
  }

  private static boolean matches(String name, String header, FileRecord file, boolean strong) {
    if (header.strip().equals("*")) {
      return file != null;
    }
    if (!LIST.matcher(header).matches()) {
      throw MovingDataException.invalid(name, "must be * or entity tags in quotes");
    }
    Matcher tags = TAG.matcher(header);
    while (tags.find()) {
      boolean usable = !strong || tags.group(1) == null;
      if (usable && file != null && tags.group(2).equals(etag(file))) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Instant> httpDate(String text) {
    try {
      return text == null
          ? Optional.empty()
          : Optional.of(
              ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
