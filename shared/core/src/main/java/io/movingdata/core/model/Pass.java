package io.movingdata.core.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * One comparison of the stores with the catalog; any number of nodes work on its shards.
 *
 * @param id time-ordered id
 * @param kind how closely it looks
 * @param repair whether what it finds is repaired afterwards
 * @param insist whether repair goes on where a breaker would stop it
 * @param requestedBy who asked for it; {@code schedule} where it was due
 * @param startedAt when it began
 * @param finishedAt when its last shard ended, null while it runs
 * @param cancelled whether somebody stopped it
 * @param shards its parts
 */
public record Pass(
    String id,
    Kind kind,
    boolean repair,
    boolean insist,
    String requestedBy,
    Instant startedAt,
    Instant finishedAt,
    boolean cancelled,
    List<PassShard> shards) {
  public Pass {
    shards = shards == null ? List.of() : List.copyOf(shards);
  }

  /** How closely a pass looks. */
  public enum Kind {
    /** Compares listings of the stores with the catalog: sizes, checksums, presence. */
    @JsonProperty("light")
    LIGHT,
    /** Reads every copy, authenticates every frame and compares the content's SHA-256. */
    @JsonProperty("deep")
    DEEP
  }

  /** Whether it still runs. */
  public boolean running() {
    return finishedAt == null;
  }

  /** The shard of a name. */
  public PassShard shard(String name) {
    return shards.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
