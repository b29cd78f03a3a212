package io.movingdata.testkit.model;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveRecord;

/**
 * Hears of each change of a document; the document before is null for a new one, and the one after
 * for one that is removed.
 */
public interface ChangeListener {
  /** A file or tombstone. */
  void file(FileRecord before, FileRecord after);

  /** The active move of a file. */
  void activeMove(MoveRecord before, MoveRecord after);

  /** A move that has ended. */
  void pastMove(MoveRecord before, MoveRecord after);

  /** An entry of the garbage. */
  void garbage(Garbage before, Garbage after);
}
