package io.movingdata.mover.collect;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.Replica;
import java.util.List;

/** What to do with an entry of the garbage, decided from the file as it stands now. */
record Disposal(Kind kind, List<Replica> proof) {
  /**
   * After so many looks an entry whose copy is referenced is dropped: its switch never happened.
   */
  private static final int MOST_LOOKS = 3;

  /** Reason of copies that no file ever referenced. */
  static final String ABANDONED = "abandoned";

  enum Kind {
    /** Delete it: nothing depends on it. */
    DELETE,
    /** Delete it once one of the copies in {@link #proof} has been read back whole. */
    PROVE_THEN_DELETE,
    /** The file references it: look again later. */
    REFERENCED,
    /** The file references it, and has for long: forget the entry, keep the copy. */
    FORGET,
    /** The file has no verified copy left: this may be the last good one. */
    HOLD
  }

  /**
   * Decides.
   *
   * @param file the file as it stands, null or a tombstone where it is gone
   */
  static Disposal decide(Garbage entry, FileRecord file) {
    if (file != null && file.references(entry.copyId())) {
      return of(entry.attempts() >= MOST_LOOKS ? Kind.FORGET : Kind.REFERENCED);
    }
    boolean gone = file == null || file.deleted();
    if (gone || neverItsContent(entry, file)) {
      return of(Kind.DELETE);
    }
    List<Replica> verified = file.replicas().stream().filter(Replica::verified).toList();
    if (verified.isEmpty()) {
      return of(Kind.HOLD);
    }
    return new Disposal(Kind.PROVE_THEN_DELETE, verified);
  }

  /** A copy that was given up may yet be a whole one of what the file holds. */
  private static boolean neverItsContent(Garbage entry, FileRecord file) {
    return entry.reason().equals(ABANDONED) && !file.contentId().equals(entry.contentId());
  }

  private static Disposal of(Kind kind) {
    return new Disposal(kind, List.of());
  }
}
