package io.movingdata.gateway.content;

import io.movingdata.core.error.MovingDataException;
import java.util.regex.Pattern;

/** The media type of an upload: kept as given, if it may stand in a header again. */
final class MediaType {
  private static final String UNKNOWN = "application/octet-stream";
  private static final String TOKEN = "[A-Za-z0-9!#$&^_.+-]{1,100}";
  private static final Pattern VALID =
      Pattern.compile(TOKEN + "/" + TOKEN + "(\\s*;[\\x20-\\x7e]{0,200})?");

  private MediaType() {}

  static String of(String header) {
    if (header == null || header.isBlank()) {
      return UNKNOWN;
    }
    if (!VALID.matcher(header.strip()).matches()) {
      throw MovingDataException.invalid("Content-Type", "is not a media type");
    }
    return header.strip();
  }
}
