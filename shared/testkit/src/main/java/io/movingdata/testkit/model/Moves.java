package io.movingdata.testkit.model;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi.DueMoves;
import io.movingdata.core.contract.CatalogApi.GetMove;
import io.movingdata.core.contract.CatalogApi.MoveInserted;
import io.movingdata.core.contract.CatalogApi.MovePage;
import io.movingdata.core.contract.CatalogApi.MoveReply;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** The active move of each file, and the history. */
final class Moves {
  private Moves() {}

  /** {@code INSERT_MOVE}. */
  static final class Inserting extends Operation<MoveInserted> {
    private final ModelCatalog catalog;
    private final Clock clock;
    private final MoveRecord move;

    Inserting(ModelCatalog catalog, Clock clock, MoveRecord move) {
      this.catalog = catalog;
      this.clock = clock;
      this.move = move;
      startWith(this::lookForEnd);
    }

    private Step lookForEnd() {
      MoveRecord ended = catalog.history.get(move.moveId()).orElse(null);
      return ended == null ? this::insert : answer(new MoveInserted(false, ended));
    }

    private Step insert() {
      MoveRecord first = move.atVersion(catalog.firstVersion(clock.instant()));
      boolean done =
          activeById(catalog, move.moveId()).isEmpty()
              && catalog.active.insert(move.fileId(), first);
      return done ? answer(new MoveInserted(true, first)) : this::present;
    }

    private Step present() {
      MoveRecord found = catalog.active.get(move.fileId()).orElse(null);
      if (found == null) {
        return this::idTaken;
      }
      return answer(new MoveInserted(found.moveId().equals(move.moveId()), found));
    }

    private Step idTaken() {
      boolean taken =
          activeById(catalog, move.moveId())
              .filter(other -> !other.fileId().equals(move.fileId()))
              .isPresent();
      if (taken) {
        throw MovingDataException.of(ErrorCode.CONFLICT, "another file's move has this id");
      }
      return this::insert;
    }
  }

  /** {@code SAVE_MOVE}. */
  static final class Saving extends Operation<MoveReply> {
    private final ModelCatalog catalog;
    private final MoveRecord move;
    private final MoveRecord next;

    Saving(ModelCatalog catalog, MoveRecord move) {
      this.catalog = catalog;
      this.move = move;
      this.next = move.atVersion(move.version() + 1);
      startWith(this::replace);
    }

    private Step replace() {
      boolean done = catalog.active.replace(move.fileId(), move.version(), next);
      return done ? answer(new MoveReply(next)) : this::savedBefore;
    }

    private Step savedBefore() {
      boolean before = catalog.active.get(move.fileId()).filter(next::equals).isPresent();
      return before ? answer(new MoveReply(next)) : changed();
    }
  }

  /** {@code FINISH_MOVE}: the history first; it keeps the entry of the highest version. */
  static final class Finishing extends Operation<Done> {
    private final ModelCatalog catalog;
    private final MoveRecord move;
    private MoveRecord ended;

    Finishing(ModelCatalog catalog, MoveRecord move) {
      this.catalog = catalog;
      this.move = move;
      startWith(this::record);
    }

    private Step record() {
      if (move.state() == null || !move.state().terminal()) {
        throw MovingDataException.invalid("state", "must be one in which a move ends");
      }
      return catalog.history.insert(move.moveId(), move) ? this::removeActive : this::readEnded;
    }

    private Step readEnded() {
      ended = catalog.history.get(move.moveId()).orElseThrow();
      return ended.version() >= move.version() ? this::removeActive : this::raise;
    }

    private Step raise() {
      boolean done = catalog.history.replace(move.moveId(), ended.version(), move);
      return done ? this::removeActive : this::record;
    }

    private Step removeActive() {
      boolean done = catalog.active.remove(move.fileId(), move.version());
      return done ? answer(Done.DONE) : this::readActive;
    }

    private Step readActive() {
      boolean still =
          catalog
              .active
              .get(move.fileId())
              .filter(active -> active.moveId().equals(move.moveId()))
              .isPresent();
      return still ? changed() : this::finishedBefore;
    }

    private Step finishedBefore() {
      boolean same =
          catalog.history.get(move.moveId()).filter(e -> e.version() == move.version()).isPresent();
      return same ? answer(Done.DONE) : changed();
    }
  }

  /** {@code GET_MOVE}: a move enters the history before it leaves the active ones. */
  static final class Getting extends Operation<MoveReply> {
    private final ModelCatalog catalog;
    private final GetMove request;

    Getting(ModelCatalog catalog, GetMove request) {
      this.catalog = catalog;
      this.request = request;
      startWith(request.moveId() == null ? this::ofFile : this::active);
    }

    private Step ofFile() {
      return answer(new MoveReply(catalog.active.get(request.fileId()).orElse(null)));
    }

    private Step active() {
      Optional<MoveRecord> found = activeById(catalog, request.moveId());
      return found.isPresent() ? answer(new MoveReply(found.get())) : this::past;
    }

    private Step past() {
      return answer(new MoveReply(catalog.history.get(request.moveId()).orElse(null)));
    }
  }

  /** {@code DUE_MOVES}. */
  static Operation<MovePage> due(ModelCatalog catalog, DueMoves request) {
    return Operation.of(
        () ->
            new MovePage(
                catalog.active.find(
                    move ->
                        !move.state().terminal()
                            && move.state() != MoveState.STUCK
                            && over(move.nextAttemptAt(), request.now())
                            && over(move.leaseUntil(), request.now()),
                    Comparator.comparing((MoveRecord move) -> -move.priority())
                        .thenComparing(MoveRecord::createdAt),
                    request.limit()),
                null));
  }

  private static boolean over(Instant time, Instant now) {
    return time == null || !time.isAfter(now);
  }

  private static Optional<MoveRecord> activeById(ModelCatalog catalog, String moveId) {
    return catalog.active.all().stream().filter(m -> m.moveId().equals(moveId)).findFirst();
  }

  private static Operation.Step changed() {
    throw MovingDataException.of(ErrorCode.VERSION_CONFLICT, "the move changed");
  }
}
