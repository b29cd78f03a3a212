package io.movingdata.mover.run;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.mover.state.Placements;
import io.vertx.core.Future;
import java.time.Clock;

/**
 * Takes back what a move has begun, so that no switch by an owner that was frozen can succeed after
 * its end. A copy of the move's own is given up. A copy that was at the target before has no intent
 * that could be given up: the file's version is raised instead, and an owner that is about to
 * switch to such a copy makes sure of its claim after it has read the version that it replaces.
 */
final class Withdrawal {
  private final Bus bus;
  private final Clock clock;
  private final long graceMs;

  Withdrawal(Bus bus, Clock clock, long graceMs) {
    this.bus = bus;
    this.clock = clock;
    this.graceMs = graceMs;
  }

  /** Why a move is given up. */
  static String reason(MoveRecord move, FileRecord file) {
    if (move.cancelRequested()) {
      return "cancelled";
    }
    if (file == null) {
      return "the file was deleted";
    }
    boolean overwritten = !file.contentId().equals(move.contentId());
    return overwritten ? "the file was overwritten" : "another copy is at the target";
  }

  /**
   * Makes sure that the move will not switch its file; false where it has.
   *
   * @param file as it stands, null where there is none
   */
  Future<Boolean> giveUp(MoveRecord move, FileRecord file) {
    boolean sameContent = file != null && file.contentId().equals(move.contentId());
    if (sameContent && switched(move, file)) {
      return discard(move).map(false);
    }
    if (move.copy() != null || !sameContent || file.verifiedAt(move.target()).isEmpty()) {
      return discard(move);
    }
    CatalogApi.Place fence =
        new CatalogApi.Place(
            Placements.fenced(file, clock.instant()), file.version(), null, "fenced", graceMs);
    return bus.request(CatalogApi.PLACE, fence)
        .map(true)
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                    ? read(move.fileId()).compose(now -> giveUp(move, now))
                    : Future.failedFuture(failure));
  }

  /** Perhaps by an owner that was frozen, to a copy that was at the target before. */
  private static boolean switched(MoveRecord move, FileRecord file) {
    return file.lastMove() != null && file.lastMove().moveId().equals(move.moveId());
  }

  private Future<FileRecord> read(String fileId) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(fileId, false))
        .map(CatalogApi.FileReply::file);
  }

  /** Gives the move's copy up; false where the file references it already. */
  Future<Boolean> discard(MoveRecord move) {
    return move.copy() == null ? Future.succeededFuture(true) : discard(move, null);
  }

  /**
   * For an owner that has lost its claim. Bytes of its own may have come to the provider after the
   * new owner gave the copy up, or after it had left again, and was collected. As long as the
   * copy's intent is open the new owner works on it.
   */
  Future<Void> disown(MoveRecord move) {
    if (move.copy() == null) {
      return Future.succeededFuture();
    }
    return bus.request(CatalogApi.GET_COPY, new CatalogApi.CopyRef(move.copy().copyId()))
        .compose(
            intent ->
                intent.copy() == null
                    ? discard(move, move.copy().location()).mapEmpty()
                    : Future.succeededFuture());
  }

  private Future<Boolean> discard(MoveRecord move, String storedAt) {
    CatalogApi.DiscardCopy request =
        new CatalogApi.DiscardCopy(
            move.copy().copyId(), move.fileId(), storedAt, "abandoned", graceMs);
    return Retries.run(
            bus.vertx(), RetryPolicy.BUS, () -> bus.request(CatalogApi.DISCARD_COPY, request))
        .map(CatalogApi.Discarded::discarded);
  }
}
