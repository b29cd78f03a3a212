package io.movingdata.core.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How what is stored differs from what the catalog says. An unreachable provider is none. */
public enum FindingKind {
  /** The catalog references a copy and its provider has none. */
  @JsonProperty("missing")
  MISSING,
  /** The copy's bytes are cut, or authentic under none of the keys that are configured. */
  @JsonProperty("corrupt")
  CORRUPT,
  /** Authentic bytes of another copy: of an earlier content, or from another place. */
  @JsonProperty("stale")
  STALE,
  /** Encrypted under another key than the catalog says, or under one that is not configured. */
  @JsonProperty("wrong_key")
  WRONG_KEY,
  /** Somebody else wrote to a copy's key. */
  @JsonProperty("overwritten")
  OVERWRITTEN,
  /** An object that no file references. */
  @JsonProperty("orphan")
  ORPHAN,
  /**
   * One more copy of a content that its file references at the same location, or one more object of
   * a copy that it references.
   */
  @JsonProperty("duplicate")
  DUPLICATE,
  /** A document of the catalog that contradicts itself or the configuration. */
  @JsonProperty("catalog_conflict")
  CATALOG_CONFLICT,
  /** An external mirror holds something else. */
  @JsonProperty("mirror_differs")
  MIRROR_DIFFERS;

  /** Whether a copy that its file references is affected. */
  public boolean ofReplica() {
    return this == MISSING
        || this == CORRUPT
        || this == STALE
        || this == WRONG_KEY
        || this == OVERWRITTEN;
  }
}
