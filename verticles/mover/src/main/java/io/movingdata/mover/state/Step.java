package io.movingdata.mover.state;

import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;

/**
 * What an owner does next, decided from the move and the file as they stand. The file is the truth:
 * a crash between a switch of placement and its record in the move is found here.
 */
public enum Step {
  /** Undo: the file is gone, holds other content, or somebody asked. */
  ABORT,
  /** The placement is as the move wants it: record that. */
  RECORD_COMMIT,
  /**
   * A copy is at the target already: read it whole, and switch to it without copying. Where it is
   * not whole the move goes on as if there were none.
   */
  PROMOTE,
  /** Choose the new copy's name. */
  NAME_COPY,
  /** Write the new copy. */
  COPY,
  /** Put aside the copy that was at the target before: it was not whole, and the new one stands. */
  SET_ASIDE,
  /** Switch the placement to the new copy. */
  SWITCH,
  /** Write the history and end. */
  FINISH;

  /**
   * The next step of a move.
   *
   * @param file the file, null where it does not exist or is deleted
   */
  public static Step next(MoveRecord move, FileRecord file) {
    if (move.state() == MoveState.COMMITTED) {
      return FINISH;
    }
    boolean sameContent = file != null && file.contentId().equals(move.contentId());
    boolean referenced = sameContent && ownCopyReferenced(move, file);
    if (referenced) {
      return RECORD_COMMIT;
    }
    if (!sameContent || move.cancelRequested() || move.state() == MoveState.ABORTING) {
      return ABORT;
    }
    return toward(move, file);
  }

  private static Step toward(MoveRecord move, FileRecord file) {
    boolean copyThere = file.verifiedAt(move.target()).isPresent();
    boolean primaryThere = copyThere && file.primary().equals(move.target());
    if (primaryThere || (copyThere && move.kind() == MoveKind.COPY)) {
      return move.copy() == null ? RECORD_COMMIT : ABORT;
    }
    if (copyThere && move.copy() == null) {
      return PROMOTE;
    }
    if (move.copy() == null) {
      return NAME_COPY;
    }
    if (move.state() != MoveState.VERIFIED) {
      return COPY;
    }
    return copyThere ? SET_ASIDE : SWITCH;
  }

  private static boolean ownCopyReferenced(MoveRecord move, FileRecord file) {
    return move.copy() != null && file.references(move.copy().copyId());
  }
}
