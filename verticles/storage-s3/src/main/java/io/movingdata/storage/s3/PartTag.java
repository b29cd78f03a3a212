package io.movingdata.storage.s3;

import io.movingdata.core.checksum.Crc32cValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What completing an upload needs to know of a part.
 *
 * @param etag without quotes
 * @param crc32c null where the server did not keep one
 */
record PartTag(String etag, Crc32cValue crc32c) {

  private static final Pattern WITH_CRC = Pattern.compile("(.*) ([A-Za-z0-9+/]{6}==)");

  /** Reads what {@link #toString} wrote. */
  static PartTag parse(String text) {
    Matcher parts = WITH_CRC.matcher(text);
    return parts.matches()
        ? new PartTag(parts.group(1), Crc32cValue.ofBase64(parts.group(2)))
        : new PartTag(text, null);
  }

  @Override
  public String toString() {
    return crc32c == null ? etag : etag + " " + crc32c.base64();
  }
}
