package io.movingdata.core.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a durable transfer does to the file's placement. */
public enum MoveKind {
  /** The target becomes the primary, the old primary leaves. */
  @JsonProperty("move")
  MOVE,
  /** The target becomes one more copy. */
  @JsonProperty("copy")
  COPY
}
