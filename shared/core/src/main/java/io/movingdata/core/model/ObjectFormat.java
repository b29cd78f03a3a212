package io.movingdata.core.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the bytes of a stored object are laid out; recorded with it and never guessed. */
public enum ObjectFormat {
  /** One standard Fernet token. */
  @JsonProperty("fernet")
  FERNET("fernet"),
  /** Fernet tokens, one a line, each the encryption of a frame with a header. */
  @JsonProperty("fernet-frames")
  FERNET_FRAMES("fernet-frames");

  private final String wire;

  ObjectFormat(String wire) {
    this.wire = wire;
  }

  /** The name in documents and object metadata. */
  public String wire() {
    return wire;
  }
}
