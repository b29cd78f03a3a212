package io.movingdata.consistency.pass;

import io.movingdata.core.model.PassShard;
import java.time.Instant;

/**
 * How far a shard is.
 *
 * @param cursor where it goes on, null at the start
 * @param examined copies that were compared
 * @param bytes stored bytes that were read
 * @param bad copies that are not what they must be
 * @param found findings of any kind
 * @param unknown copies of which nothing could be said
 */
record Tally(String cursor, long examined, long bytes, long bad, long found, long unknown) {
  /** What a shard has so far. */
  static Tally of(PassShard shard) {
    return new Tally(
        shard.cursor(),
        shard.examined(),
        shard.bytes(),
        shard.bad(),
        shard.found(),
        shard.unknown());
  }

  /** With one more copy compared. */
  Tally examined(long readBytes) {
    return new Tally(cursor, examined + 1, bytes + readBytes, bad, found, unknown);
  }

  /** With one more finding. */
  Tally found(boolean badCopy) {
    return new Tally(cursor, examined, bytes, bad + (badCopy ? 1 : 0), found + 1, unknown);
  }

  /** With so many more findings that are about no object. */
  Tally foundElsewhere(long more) {
    return new Tally(cursor, examined, bytes, bad, found + more, unknown);
  }

  /** With one more copy of which nothing could be said. */
  Tally withUnknown() {
    return new Tally(cursor, examined, bytes, bad, found, unknown + 1);
  }

  /** Further on. */
  Tally at(String next) {
    return new Tally(next, examined, bytes, bad, found, unknown);
  }

  PassShard into(
      PassShard shard,
      PassShard.State state,
      String owner,
      Instant leaseUntil,
      int tries,
      String detail,
      Instant now) {
    return new PassShard(
        shard.name(),
        shard.location(),
        shard.slice(),
        shard.slices(),
        state,
        owner,
        leaseUntil,
        cursor,
        examined,
        bytes,
        bad,
        found,
        unknown,
        tries,
        detail,
        now);
  }
}
