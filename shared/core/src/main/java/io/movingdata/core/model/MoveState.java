package io.movingdata.core.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a move stands. Each transition is one compare-and-set made before its effect counts. */
public enum MoveState {
  /** Accepted and durable; nothing written yet. */
  @JsonProperty("planned")
  PLANNED,
  /** The intent is recorded and bytes are on their way. */
  @JsonProperty("copying")
  COPYING,
  /** Size and provider checksum of the new copy agree. */
  @JsonProperty("verified")
  VERIFIED,
  /** The file's placement has switched: here the caller is answered. */
  @JsonProperty("committed")
  COMMITTED,
  /** Finished. */
  @JsonProperty("done")
  DONE,
  /** Failed for now; tried again later by itself. */
  @JsonProperty("retry_wait")
  RETRY_WAIT,
  /** Given up for now; listed, and tried again by hand. */
  @JsonProperty("stuck")
  STUCK,
  /** Being undone: the new copy becomes garbage. */
  @JsonProperty("aborting")
  ABORTING,
  /** Undone; the file is as if the move had never been. */
  @JsonProperty("aborted")
  ABORTED;

  /** Whether bytes have to be moved next. */
  public boolean transfers() {
    return this == PLANNED || this == COPYING || this == RETRY_WAIT;
  }

  /** Whether nothing follows. */
  public boolean terminal() {
    return this == DONE || this == ABORTED;
  }
}
