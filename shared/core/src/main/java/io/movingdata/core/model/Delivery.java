package io.movingdata.core.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What external mirrors were told of one file. It is written before the first of them is told, so
 * that a file that is gone is never forgotten at a mirror that may know it.
 *
 * @param fileId the file
 * @param version compare-and-set counter
 * @param told the last change that each mirror took
 * @param updatedAt when this was written
 */
public record Delivery(String fileId, long version, List<Told> told, Instant updatedAt) {
  public Delivery {
    told = told == null ? List.of() : List.copyOf(told);
  }

  /**
   * A change that a mirror took.
   *
   * @param mirror the mirror's name
   * @param generation raised when it is to be told everything again
   * @param fileVersion the file's version
   */
  public record Told(String mirror, long generation, long fileVersion) {
    boolean before(Told other) {
      return generation < other.generation
          || (generation == other.generation && fileVersion < other.fileVersion);
    }
  }

  /** The same at another version. */
  public Delivery atVersion(long next) {
    return new Delivery(fileId, next, told, updatedAt);
  }

  /** What a mirror was told last. */
  public Optional<Told> to(String mirror) {
    return told.stream().filter(one -> one.mirror().equals(mirror)).findFirst();
  }

  /** Whether a mirror is still to be told of a version. */
  public boolean owes(String mirror, long generation, long fileVersion) {
    return to(mirror)
        .map(one -> one.before(new Told(mirror, generation, fileVersion)))
        .orElse(true);
  }

  /** With what was told since: of each mirror the later. */
  public Delivery and(List<Told> more, Instant now) {
    List<Told> all = new ArrayList<>(told);
    for (Told one : more) {
      Optional<Told> known = to(one.mirror());
      if (known.isEmpty() || known.get().before(one)) {
        all.removeIf(old -> old.mirror().equals(one.mirror()));
        all.add(one);
      }
    }
    return new Delivery(fileId, version, all, now);
  }
}
