package io.movingdata.consistency.rebuild;

import io.movingdata.consistency.rebuild.LeftOut.Reason;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.security.PolicySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The files that copies found in stores make up. Of several contents of a file the newest wins: the
 * one of which a copy was begun last. Of several copies of it at one location the newest wins.
 */
public final class RebuildPlan {
  private static final Comparator<Candidate> OLDEST_FIRST =
      Comparator.comparing(Candidate::createdAt)
          .thenComparing(Candidate::storedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(one -> one.copy().copyId());

  /** The media type of content of which nothing but the bytes is known. */
  private static final String UNKNOWN_TYPE = "application/octet-stream";

  private final List<String> hottestFirst;
  private final Function<String, PolicySnapshot> policies;
  private final Known known;
  private final Instant now;
  private final List<FileRecord> files = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Map<Change, Set<String>> changes = new TreeMap<>();

  /** How a file differs from what the backup says. */
  public enum Change {
    /** The backup does not know it. */
    NEW,
    /** It has content that is newer than the backup's. */
    OVERWRITTEN,
    /** It has the same content, in other copies. */
    MOVED,
    /** No copy of it is whole: it was deleted since, or it is lost. */
    GONE
  }

  private RebuildPlan(
      List<String> hottestFirst,
      Function<String, PolicySnapshot> policies,
      Known known,
      Instant now) {
    this.hottestFirst = hottestFirst;
    this.policies = policies;
    this.known = known;
    this.now = now;
  }

  /**
   * Makes the plan.
   *
   * @param found every copy that is whole
   * @param hottestFirst ids of the locations, that of the hottest tier first
   * @param policies how each location protects what it stores
   * @param known what a backup says
   */
  public static RebuildPlan of(
      List<Candidate> found,
      List<String> hottestFirst,
      Function<String, PolicySnapshot> policies,
      Known known,
      Instant now) {
    RebuildPlan plan = new RebuildPlan(hottestFirst, policies, known, now);
    found.stream()
        .collect(Collectors.groupingBy(Candidate::fileId, TreeMap::new, Collectors.toList()))
        .forEach(plan::add);
    Set<String> there = plan.files.stream().map(FileRecord::id).collect(Collectors.toSet());
    known.files().values().stream()
        .filter(file -> !file.deleted() && !there.contains(file.id()))
        .forEach(file -> plan.note(Change.GONE, file.id()));
    return plan;
  }

  private void note(Change change, String fileId) {
    changes.computeIfAbsent(change, any -> new TreeSet<>()).add(fileId);
  }

  private void add(String fileId, List<Candidate> copies) {
    Map<String, List<Candidate>> contents = new LinkedHashMap<>();
    FileRecord tombstone = known.tombstone(fileId);
    for (Candidate copy : copies.stream().sorted(OLDEST_FIRST.reversed()).toList()) {
      boolean deleted = tombstone != null && !copy.createdAt().isAfter(tombstone.updatedAt());
      if (deleted || known.givenUp().contains(copy.copy().copyId())) {
        String detail = deleted ? "its file was deleted" : "the backup lists it as garbage";
        leftOut.add(copy.leftOut(Reason.GIVEN_UP, detail));
      } else {
        contents.computeIfAbsent(copy.contentId(), id -> new ArrayList<>()).add(copy);
      }
    }
    if (contents.isEmpty()) {
      return;
    }
    // The first copy is the one that was begun last, so its content comes first.
    String newest = contents.keySet().iterator().next();
    contents.forEach(
        (content, older) -> {
          if (!content.equals(newest)) {
            older.forEach(
                c -> leftOut.add(c.leftOut(Reason.SUPERSEDED, "the file has newer content")));
          }
        });
    place(fileId, contents.get(newest));
  }

  private void place(String fileId, List<Candidate> copies) {
    FileRecord before = known.live(fileId);
    boolean same = before != null && before.contentId().equals(copies.get(0).contentId());
    Candidate model = copies.get(copies.size() - 1);
    String sha256 = same ? before.sha256() : model.sha256();
    Map<String, Candidate> byLocation = new TreeMap<>(Comparator.comparingInt(this::heat));
    for (Candidate copy : copies) {
      Candidate other = byLocation.get(copy.copy().location());
      if (!copy.sha256().equals(sha256)) {
        leftOut.add(copy.leftOut(Reason.CONFLICT, "its content is " + copy.sha256()));
      } else if (other == null) {
        byLocation.put(copy.copy().location(), copy);
      } else {
        Candidate kept = same && before.references(copy.copy().copyId()) ? copy : other;
        byLocation.put(copy.copy().location(), kept);
        Candidate extra = kept.equals(copy) ? other : copy;
        leftOut.add(extra.leftOut(Reason.DUPLICATE, kept.copy().key() + " has the same content"));
      }
    }
    if (byLocation.isEmpty()) {
      return;
    }
    FileRecord file = same ? kept(before, byLocation) : made(fileId, model, byLocation);
    files.add(file);
    if (before == null) {
      note(Change.NEW, fileId);
    } else if (before != null && !same) {
      note(Change.OVERWRITTEN, fileId);
    } else if (before != null && !copyIds(before).equals(copyIds(file))) {
      note(Change.MOVED, fileId);
    }
  }

  private static Set<String> copyIds(FileRecord file) {
    return file.replicas().stream().map(Replica::copyId).collect(Collectors.toSet());
  }

  private int heat(String location) {
    int index = hottestFirst.indexOf(location);
    return index < 0 ? hottestFirst.size() : index;
  }

  private static List<Replica> primaryFirst(Map<String, Candidate> copies, String primary) {
    List<Replica> replicas = new ArrayList<>();
    replicas.add(copies.get(primary).copy());
    copies.forEach(
        (location, one) -> {
          if (!location.equals(primary)) {
            replicas.add(one.copy());
          }
        });
    return replicas;
  }

  private FileRecord kept(FileRecord before, Map<String, Candidate> copies) {
    boolean there = copies.containsKey(before.primary());
    String primary = there ? before.primary() : copies.keySet().iterator().next();
    return new FileRecord(
        before.id(),
        0,
        before.contentId(),
        before.sizeBytes(),
        before.sha256(),
        before.contentType(),
        primary,
        primaryFirst(copies, primary),
        before.metadata(),
        there ? before.policy() : policies.apply(primary),
        before.createdAt(),
        now,
        before.lastMovedAt(),
        before.lastMove(),
        before.pinnedUntil(),
        false);
  }

  private FileRecord made(String fileId, Candidate model, Map<String, Candidate> copies) {
    String primary = copies.keySet().iterator().next();
    return new FileRecord(
        fileId,
        0,
        model.contentId(),
        model.sizeBytes(),
        model.sha256(),
        UNKNOWN_TYPE,
        primary,
        primaryFirst(copies, primary),
        List.of(),
        policies.apply(primary),
        model.createdAt(),
        now,
        null,
        null,
        null,
        false);
  }

  /** The files, in the order of ids. */
  public List<FileRecord> files() {
    return List.copyOf(files);
  }

  /** Copies that are whole and that no file came to reference. */
  public List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  /** What came after the backup: ids of files, by kind of change. */
  public Map<Change, Set<String>> changes() {
    return Map.copyOf(changes);
  }
}
