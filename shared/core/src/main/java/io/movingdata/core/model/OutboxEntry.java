package io.movingdata.core.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A fact that waits for the event broker.
 *
 * @param id time-ordered id: entries leave in its order
 * @param kind what it is about
 * @param key what orders it among others: the file id
 * @param value what is sent, JSON
 */
public record OutboxEntry(String id, Kind kind, String key, String value) {
  /** What a fact is about; each kind has its topic. */
  public enum Kind {
    /** An {@link AccessEvent}. */
    @JsonProperty("access")
    ACCESS,
    /** A {@link MoveFact}. */
    @JsonProperty("move")
    MOVE
  }
}
