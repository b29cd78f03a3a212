package io.movingdata.core.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a finding. */
public enum FindingState {
  /** To be repaired, or to be seen once more. */
  @JsonProperty("open")
  OPEN,
  /** A person must choose. */
  @JsonProperty("conflict")
  CONFLICT,
  /** No verified copy is left to repair from: nothing is touched. */
  @JsonProperty("unrepairable")
  UNREPAIRABLE,
  /** Repair failed too often. */
  @JsonProperty("stuck")
  STUCK,
  /** Repaired. */
  @JsonProperty("repaired")
  REPAIRED,
  /** Not there any more, or not relevant. */
  @JsonProperty("gone")
  GONE,
  /** A person chose to leave it as it is. */
  @JsonProperty("ignored")
  IGNORED;

  /** Whether nothing more happens. */
  public boolean settled() {
    return this == REPAIRED || this == GONE || this == IGNORED;
  }
}
