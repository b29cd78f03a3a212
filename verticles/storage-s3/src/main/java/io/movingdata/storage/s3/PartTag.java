package io.movingdata.storage.s3;

import io.movingdata.core.checksum.Crc32cValue;

/**
 * What completing an upload needs to know of a part.
 *
 * @param etag without quotes
 * @param crc32c null where the server did not keep one
 */
record PartTag(String etag, Crc32cValue crc32c) {

  /** Reads what {@link #toString} wrote. */
  static PartTag parse(String text) {
    int space = text.indexOf(' ');
    return space < 0
        ? new PartTag(text, null)
        : new PartTag(text.substring(0, space), Crc32cValue.ofBase64(text.substring(space + 1)));
  }

  @Override
  public String toString() {
    return crc32c == null ? etag : etag + " " + crc32c.base64();
  }
}
