package io.movingdata.core.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * A backup of the catalog.
 *
 * @param id time-ordered
 * @param state what became of it
 * @param startedAt when it was begun; what changed later may be missing in it
 * @param finishedAt when it ended, null while it is made
 * @param node which node makes it
 * @param documents documents in it
 * @param bytes size of its content, compressed
 * @param copies where it is stored
 * @param detail why it failed, empty where it did not
 */
public record Backup(
    String id,
    State state,
    Instant startedAt,
    Instant finishedAt,
    String node,
    long documents,
    long bytes,
    List<Copy> copies,
    String detail) {

  public Backup {
    copies = copies == null ? List.of() : List.copyOf(copies);
  }

  /** What became of a backup. */
  public enum State {
    /** It is being made. */
    @JsonProperty("running")
    RUNNING,
    /** As many copies as there shall be at least were read back and are right. */
    @JsonProperty("verified")
    VERIFIED,
    /** Fewer, but one, were. */
    @JsonProperty("partial")
    PARTIAL,
    /** None was. */
    @JsonProperty("failed")
    FAILED
  }

  /**
   * One stored copy.
   *
   * @param location where
   * @param key its name there
   * @param bytes stored size, 0 where it was not stored
   * @param verified whether it was read back and is right
   * @param detail why it was not, empty where it was
   */
  public record Copy(String location, String key, long bytes, boolean verified, String detail) {}

  /** The same at its end. */
  public Backup ended(
      State end, Instant at, long written, long size, List<Copy> where, String why) {
    return new Backup(id, end, startedAt, at, node, written, size, where, why);
  }
}
