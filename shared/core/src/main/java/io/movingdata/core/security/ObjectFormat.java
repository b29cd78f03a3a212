package io.movingdata.core.security;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How an object's ciphertext is laid out in a store. Recorded with every copy, never guessed. */
public enum ObjectFormat {
  /** One standard Fernet token. */
  FERNET("fernet"),
  /** A sequence of Fernet tokens, one a line, each the encryption of a frame. */
  FERNET_FRAMES("fernet-frames");

  private final String id;

  ObjectFormat(String id) {
    this.id = id;
  }

  /** The name in documents, messages and object metadata. */
  @JsonValue
  public String id() {
    return id;
  }

  /**
   * The format of that name.
   *
   * @throws IllegalArgumentException if no format has that name
   */
  @JsonCreator
  public static ObjectFormat ofId(String id) {
    for (ObjectFormat format : values()) {
      if (format.id.equals(id)) {
        return format;
      }
    }
    throw new IllegalArgumentException("unknown object format");
  }
}
