package io.movingdata.core.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is known of a stored copy. */
public enum ReplicaState {
  /** Size and provider checksum agreed when it was last looked at. */
  @JsonProperty("verified")
  VERIFIED,
  /** A read or a scrub found a difference: not used, not deleted. */
  @JsonProperty("quarantined")
  QUARANTINED
}
