package io.movingdata.core.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a client did with a file. */
public enum AccessKind {
  /** It read. */
  @JsonProperty("read")
  READ,
  /** It wrote. */
  @JsonProperty("write")
  WRITE
}
