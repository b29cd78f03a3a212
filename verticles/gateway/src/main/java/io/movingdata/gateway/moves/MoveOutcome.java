package io.movingdata.gateway.moves;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.MoveRecord;
import java.util.Arrays;

/** Whether a move that was waited for has done what it should. */
public final class MoveOutcome {
  private MoveOutcome() {}

  /**
   * True once the file is at its target, false while the move still runs.
   *
   * @throws MovingDataException its error where it is stuck, {@code CONFLICT} where it was undone
   */
  public static boolean arrived(MoveRecord move) {
    return switch (move.state()) {
      case COMMITTED, DONE -> true;
      case STUCK ->
          throw MovingDataException.of(
              stuckCode(move.lastError()), describe("stuck", move) + "; see its retry");
      case ABORTING, ABORTED ->
          throw MovingDataException.of(ErrorCode.CONFLICT, describe("given up", move));
      case PLANNED, COPYING, VERIFIED, RETRY_WAIT -> false;
    };
  }

  private static String describe(String what, MoveRecord move) {
    String why = move.lastError() == null ? "" : ": " + move.lastError();
    return "move " + move.moveId() + " is " + what + why;
  }

  /** A stuck move's error begins with a slug; what is not a failure behind us becomes one. */
  private static ErrorCode stuckCode(String lastError) {
    String slug = lastError == null ? "" : lastError.split(":", 2)[0];
    return Arrays.stream(ErrorCode.values())
        .filter(code -> code.slug().equals(slug) && code.httpStatus() > 500)
        .findFirst()
        .orElse(ErrorCode.PROVIDER_REJECTED);
  }
}
