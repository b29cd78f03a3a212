package io.movingdata.core.model;

import io.movingdata.core.error.MovingDataException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * What may be a file id: any Unicode, 1 to 1024 bytes, no control characters, no query operator.
 */
public final class FileIds {
  /** The longest id, in bytes of UTF-8. */
  public static final int MAX_BYTES = 1024;

  private FileIds() {}

  /**
   * The id, if it may be one.
   *
   * @throws MovingDataException invalid request naming {@code file_id} and the reason
   */
  public static String require(String id) {
    if (id == null || id.isEmpty()) {
      throw MovingDataException.invalid("file_id", "is missing");
    }
    if (id.charAt(0) == '$') {
      throw MovingDataException.invalid("file_id", "must not start with '$'");
    }
    if (id.codePoints().anyMatch(FileIds::forbidden)) {
      throw MovingDataException.invalid("file_id", "must not hold control characters");
    }
    if (encodedLength(id) > MAX_BYTES) {
      throw MovingDataException.invalid("file_id", "is longer than 1024 bytes of UTF-8");
    }
    return id;
  }

  private static boolean forbidden(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static int encodedLength(String id) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(id)).remaining();
    } catch (CharacterCodingException e) {
      throw MovingDataException.invalid("file_id", "is not well-formed Unicode");
    }
  }
}
