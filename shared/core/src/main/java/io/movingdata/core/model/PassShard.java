package io.movingdata.core.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A part of a pass: the copies at one location, or a slice of them.
 *
 * @param name unique in the pass
 * @param location where it looks
 * @param slice which files, by the hash of their ids: from 0
 * @param slices into how many slices files are divided
 * @param state how far it is
 * @param owner the node that works on it, null for none
 * @param leaseUntil until when nobody else does
 * @param cursor where it goes on after an interruption, null at the start
 * @param examined copies that were compared so far
 * @param bytes stored bytes that were read
 * @param bad copies that the catalog references and that are not what they must be
 * @param found findings of any kind
 * @param unknown copies of which nothing could be said, because their provider did not answer
 * @param tries how often its location could not be reached in a row
 * @param detail why it ended or waits, null for nothing special
 * @param updatedAt when it last changed
 */
public record PassShard(
    String name,
    String location,
    int slice,
    int slices,
    State state,
    String owner,
    Instant leaseUntil,
    String cursor,
    long examined,
    long bytes,
    long bad,
    long found,
    long unknown,
    int tries,
    String detail,
    Instant updatedAt) {

  /** How far a shard is. */
  public enum State {
    /** Nobody works on it, or somebody does. */
    @JsonProperty("running")
    RUNNING,
    /** Everything was compared. */
    @JsonProperty("done")
    DONE,
    /** Everything was compared, and so much looks bad that nothing is repaired. */
    @JsonProperty("breaker")
    BREAKER,
    /** Its location could not be reached. */
    @JsonProperty("unreachable")
    UNREACHABLE,
    /** Somebody stopped it. */
    @JsonProperty("cancelled")
    CANCELLED
  }

  /** A shard that nobody has begun. */
  public static PassShard fresh(String location, int slice, int slices, Instant now) {
    String name = slices == 1 ? location : location + "/" + slice;
    return new PassShard(
        name,
        location,
        slice,
        slices,
        State.RUNNING,
        null,
        null,
        null,
        0,
        0,
        0,
        0,
        0,
        0,
        null,
        now);
  }
}
