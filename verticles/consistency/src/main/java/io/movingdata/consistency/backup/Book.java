package io.movingdata.consistency.backup;

import io.movingdata.core.model.Backup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of backups: one document in the catalog.
 *
 * @param since when backups were first thought of: the first comes an interval later
 * @param backups the newest first
 */
record Book(Instant since, List<Backup> backups) {
  private static final int REMEMBERED = 60;
  private static final Duration RETRY = Duration.ofMinutes(10);

  Book {
    backups = backups == null ? List.of() : List.copyOf(backups);
  }

  /** Nothing is known yet. */
  static Book empty(Instant now) {
    return new Book(now, List.of());
  }

  /** With a backup, in place of the one of its id. */
  Book with(Backup backup) {
    List<Backup> next = new ArrayList<>(backups);
    next.removeIf(one -> one.id().equals(backup.id()));
    next.add(backup);
    next.sort(Comparator.comparing(Backup::id).reversed());
    return new Book(since, next.subList(0, Math.min(REMEMBERED, next.size())));
  }

  /** Once nobody makes one: what seems to be under way was interrupted. */
  Book interrupted(Instant now) {
    return new Book(
        since,
        backups.stream()
            .map(
                one ->
                    one.state() == Backup.State.RUNNING
                        ? one.ended(
                            Backup.State.FAILED,
                            now,
                            one.documents(),
                            one.bytes(),
                            one.copies(),
                            "the node that made it went away")
                        : one)
            .toList());
  }

  /** Whether it is time for the next one, a failed one being tried again sooner. */
  boolean due(Instant now, Duration interval) {
    if (interval.isZero()) {
      return false;
    }
    Instant good =
        backups.stream()
            .filter(one -> one.state() == Backup.State.VERIFIED)
            .map(Backup::startedAt)
            .findFirst()
            .orElse(since);
    Instant tried = backups.isEmpty() ? since : backups.get(0).startedAt();
    Duration pause = interval.compareTo(RETRY) < 0 ? interval : RETRY;
    return !now.isBefore(good.plus(interval)) && !now.isBefore(tried.plus(pause));
  }

  /** The id before which backups may go; empty where fewer verified ones are known. */
  Optional<String> keepFrom(int keep) {
    return backups.stream()
        .filter(one -> one.state() == Backup.State.VERIFIED)
        .skip(keep - 1L)
        .map(Backup::id)
        .findFirst();
  }
}
