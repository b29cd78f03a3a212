package io.movingdata.consistency.pass;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.PassShard;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.TimeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The life of a pass and its shards: pure transitions, made true by one compare-and-set each. */
final class Shards {
  /** A location that cannot be reached so often in a row is left for the next pass. */
  static final int MOST_TRIES = 6;

  /** Bad copies below which no share says anything. */
  static final int FEW = 5;

  private static final int DEEP_SLICES = 4;

  private Shards() {}

  /** A pass over everything. */
  static Pass plan(
      Pass.Kind kind,
      boolean repair,
      boolean insist,
      Requester by,
      List<LocationConfig> locations,
      Instant now) {
    int slices = kind == Pass.Kind.DEEP ? DEEP_SLICES : 1;
    List<PassShard> shards = new ArrayList<>();
    for (int slice = 0; slice < slices; slice++) {
      for (LocationConfig location : locations) {
        shards.add(PassShard.fresh(location.id(), slice, slices, now));
      }
    }
    return new Pass(
        TimeId.next(now), kind, repair, insist, by.principal(), now, null, false, shards);
  }

  /** A shard that a node may work on now, a place that it knows first. */
  static Optional<PassShard> free(Pass pass, Instant now) {
    return pass.shards().stream()
        .filter(s -> s.state() == PassShard.State.RUNNING)
        .filter(s -> s.leaseUntil() == null || s.leaseUntil().isBefore(now))
        .findFirst();
  }

  /** A node takes a shard; empty: somebody else did. */
  static Optional<Pass> claim(Pass pass, String name, String owner, Instant now, Duration lease) {
    PassShard shard = pass.shard(name);
    boolean free =
        shard.state() == PassShard.State.RUNNING
            && (shard.leaseUntil() == null || shard.leaseUntil().isBefore(now));
    return free
        ? Optional.of(
            with(
                pass,
                new PassShard(
                    name,
                    shard.location(),
                    shard.slice(),
                    shard.slices(),
                    shard.state(),
                    owner,
                    now.plus(lease),
                    shard.cursor(),
                    shard.examined(),
                    shard.bytes(),
                    shard.bad(),
                    shard.found(),
                    shard.unknown(),
                    shard.tries(),
                    shard.detail(),
                    now)))
        : Optional.empty();
  }

  /** Its owner says how far it is; empty: it is not the owner any more, or shall stop. */
  static Optional<Pass> progress(
      Pass pass, String name, String owner, Tally tally, Instant now, Duration lease) {
    PassShard shard = pass.shard(name);
    return mine(shard, owner)
        ? Optional.of(
            with(
                pass,
                tally.into(shard, PassShard.State.RUNNING, owner, now.plus(lease), 0, null, now)))
        : Optional.empty();
  }

  /** Everything of it was compared. */
  static Optional<Pass> end(
      Pass pass, String name, String owner, Tally tally, double breakerPercent, Instant now) {
    PassShard shard = pass.shard(name);
    if (!mine(shard, owner)) {
      return Optional.empty();
    }
    boolean broken = !pass.insist() && tooBad(tally.bad(), tally.examined(), breakerPercent);
    PassShard.State state = broken ? PassShard.State.BREAKER : PassShard.State.DONE;
    String detail =
        broken
            ? "%d of %d copies look bad: more than %s %%, so nothing is repaired here"
                .formatted(tally.bad(), tally.examined(), plain(breakerPercent))
            : null;
    return Optional.of(
        finished(with(pass, tally.into(shard, state, null, null, 0, detail, now)), now));
  }

  /** Whether so much looks bad that it is rather the provider, or we, than the copies. */
  static boolean tooBad(long bad, long examined, double breakerPercent) {
    return bad >= FEW && bad * 100.0 > examined * breakerPercent;
  }

  private static String plain(double percent) {
    return percent == Math.rint(percent)
        ? Long.toString(Math.round(percent))
        : Double.toString(percent);
  }

  /** Its location does not answer: tried again later, and at last left for the next pass. */
  static Optional<Pass> unreachable(
      Pass pass, String name, String owner, Tally tally, String why, Instant now, Duration wait) {
    PassShard shard = pass.shard(name);
    if (!mine(shard, owner)) {
      return Optional.empty();
    }
    int tries = shard.tries() + 1;
    boolean given = tries >= MOST_TRIES;
    PassShard.State state = given ? PassShard.State.UNREACHABLE : PassShard.State.RUNNING;
    Instant until = given ? null : now.plus(wait.multipliedBy(tries));
    return Optional.of(
        finished(with(pass, tally.into(shard, state, null, until, tries, why, now)), now));
  }

  /** Stops what has not ended. */
  static Pass cancel(Pass pass, Instant now) {
    List<PassShard> shards = new ArrayList<>();
    for (PassShard shard : pass.shards()) {
      shards.add(
          shard.state() == PassShard.State.RUNNING
              ? Tally.of(shard)
                  .into(shard, PassShard.State.CANCELLED, null, null, 0, "cancelled", now)
              : shard);
    }
    return new Pass(
        pass.id(),
        pass.kind(),
        pass.repair(),
        pass.insist(),
        pass.requestedBy(),
        pass.startedAt(),
        now,
        true,
        shards);
  }

  private static boolean mine(PassShard shard, String owner) {
    return shard.state() == PassShard.State.RUNNING && owner.equals(shard.owner());
  }

  private static Pass finished(Pass pass, Instant now) {
    boolean all = pass.shards().stream().noneMatch(s -> s.state() == PassShard.State.RUNNING);
    return all ? rebuilt(pass, now, pass.shards()) : pass;
  }

  private static Pass with(Pass pass, PassShard next) {
    return rebuilt(
        pass,
        pass.finishedAt(),
        pass.shards().stream().map(s -> s.name().equals(next.name()) ? next : s).toList());
  }

  private static Pass rebuilt(Pass pass, Instant finishedAt, List<PassShard> shards) {
    return new Pass(
        pass.id(),
        pass.kind(),
        pass.repair(),
        pass.insist(),
        pass.requestedBy(),
        pass.startedAt(),
        finishedAt,
        pass.cancelled(),
        shards);
  }
}
