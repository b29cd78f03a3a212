package io.movingdata.core.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/**
 * What every event changes about a file, kept apart from its placement so that it never disturbs a
 * move.
 *
 * @param fileId the file
 * @param version compare-and-set counter
 * @param history its use since ever, null where nothing was heard
 * @param windows its use lately, null where nothing was heard
 * @param decision where it belongs, null where nothing was decided
 * @param moves when it was moved elsewhere in the last 30 days before the latest, oldest first
 * @param updatedAt when this was written
 */
public record FileInsight(
    String fileId,
    long version,
    AccessHistory history,
    FileWindows windows,
    Decision decision,
    List<Instant> moves,
    Instant updatedAt) {
  private static final Duration MOVES_KEPT = Duration.ofDays(30);
  private static final int MOST_MOVES = 100;

  public FileInsight {
    moves = moves == null ? List.of() : List.copyOf(moves);
  }

  /** A file of which nothing is known. */
  public static FileInsight unknown(String fileId, Instant now) {
    return new FileInsight(fileId, 0, null, null, null, List.of(), now);
  }

  /** The same at another version. */
  public FileInsight atVersion(long next) {
    return new FileInsight(fileId, next, history, windows, decision, moves, updatedAt);
  }

  /** The same with other use. */
  public FileInsight used(AccessHistory since, FileWindows lately, Instant at) {
    return new FileInsight(fileId, version, since, lately, decision, moves, at);
  }

  /** The same with another decision. */
  public FileInsight decided(Decision next) {
    return new FileInsight(fileId, version, history, windows, next, moves, updatedAt);
  }

  /** The same after a move; telling of one twice changes nothing. */
  public FileInsight moved(Instant at) {
    TreeSet<Instant> all = new TreeSet<>(moves);
    all.add(at);
    List<Instant> kept =
        all.stream().filter(one -> one.isAfter(all.last().minus(MOVES_KEPT))).toList();
    return new FileInsight(
        fileId,
        version,
        history,
        windows,
        decision,
        kept.subList(Math.max(0, kept.size() - MOST_MOVES), kept.size()),
        updatedAt);
  }

  /** How many times it was moved after a time. */
  public int movesAfter(Instant time) {
    return (int) moves.stream().filter(one -> one.isAfter(time)).count();
  }
}
