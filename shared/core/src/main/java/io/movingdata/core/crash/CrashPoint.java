package io.movingdata.core.crash;

import java.util.ServiceLoader;

/**
 * Places between two effects at which a crash is tried. A node has no probe on its class path, so
 * reaching one does nothing, and nothing that comes from outside (a request, a setting, the
 * environment) can change that; only the crash tests add a probe to the class path of a node.
 */
public enum CrashPoint {
  /** A move is about to be recorded or claimed. */
  BEFORE_CLAIM,
  /** A move is claimed; nothing has been done for it. */
  CLAIMED,
  /** The new copy's name is recorded in the move, and nowhere else. */
  COPY_NAMED,
  /** The intent to write a copy is recorded; no byte has been sent. */
  INTENT_RECORDED,
  /** A part of a copy is durable at its provider; the catalog does not know. */
  PART_DURABLE,
  /** The catalog knows how far a copy is durable. */
  PROGRESS_RECORDED,
  /** All bytes are sent; the provider has not been asked to make an object of them. */
  BEFORE_COMPLETE,
  /** The provider has made the object; nobody has been told. */
  COMPLETED,
  /** The mover knows that the copy is whole; the move does not say so yet. */
  COPY_STORED,
  /** The move is recorded as verified; the file's placement is as it was. */
  VERIFIED,
  /** What a change of placement leaves behind is written down; the change is not made. */
  GARBAGE_RECORDED,
  /** The placement has changed; nobody has been told. */
  PLACED,
  /** The mover knows of the new placement; the move does not say so yet. */
  SWITCHED,
  /** The move is recorded as committed. */
  COMMITTED,
  /** The history holds the move's end; it is still among the active ones. */
  HISTORY_WRITTEN,
  /** The event broker has a fact; it still waits in the outbox. */
  FACT_PUBLISHED,
  /** A copy is marked as given up. */
  DISCARD_MARKED,
  /** No placement that began before can reference the given-up copy any more. */
  DISCARD_RAISED,
  /** The given-up copy is garbage; its intent is still there. */
  DISCARD_BURIED,
  /** A copy is being read back, so that another may go. */
  PROVING,
  /** Proven: the garbage is about to be deleted. */
  BEFORE_DELETE,
  /** The provider has deleted; nobody has been told. */
  DELETED,
  /** The collector knows of the deletion; its entry is still there. */
  COLLECTED,
  /** A client's upload is whole at its provider and not placed. */
  UPLOAD_STORED,
  /** A client's upload is placed and not answered. */
  UPLOAD_PLACED;

  private static final CrashProbe PROBE =
      ServiceLoader.load(CrashProbe.class, CrashPoint.class.getClassLoader())
          .findFirst()
          .orElse(null);

  /** Called where the point lies. */
  public void reached() {
    if (PROBE != null) {
      PROBE.reached(this);
    }
  }

  /** The point in a chain of futures: {@code .map(CrashPoint.PLACED::passed)}. */
  public <T> T passed(T value) {
    reached();
    return value;
  }
}
