package io.movingdata.core.model;

import java.time.Instant;

/**
 * A small document of a room's own, which the catalog keeps and does not read.
 *
 * @param id unique in its kind
 * @param version compare-and-set counter
 * @param json what it holds
 * @param updatedAt when it was written
 */
public record StateDocument(String id, long version, String json, Instant updatedAt) {
  /** The same at another version. */
  public StateDocument atVersion(long next) {
    return new StateDocument(id, next, json, updatedAt);
  }
}
