package io.movingdata.catalog;

import io.movingdata.catalog.store.DailyCollection;
import io.movingdata.catalog.store.DocumentLayout;
import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.Filter;
import io.movingdata.catalog.store.VersionedCollection;
import io.movingdata.core.contract.CatalogApi.Route;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The collection {@code moves_active}, a document a file, and the history, a collection a day and a
 * document a move.
 */
final class MoveRepository {
  private static final JsonObject NEWEST_FIRST = new JsonObject().put("move_id", -1);
  private static final JsonObject MOST_URGENT_FIRST =
      new JsonObject().put("priority", -1).put("created_at", 1);
  private static final List<String> CLAIMABLE =
      Arrays.stream(MoveState.values())
          .filter(state -> !state.terminal() && state != MoveState.STUCK)
          .map(MoveRepository::wire)
          .toList();
  private static final List<String> TRANSFERRING =
      Arrays.stream(MoveState.values())
          .filter(MoveState::transfers)
          .map(MoveRepository::wire)
          .toList();

  private final VersionedCollection<MoveRecord> active;
  private final DailyCollection<MoveRecord> history;
  private final Clock clock;

  MoveRepository(DocumentStore store, Clock clock) {
    this.active =
        new VersionedCollection<>(
            store,
            "moves_active",
            new DocumentLayout<>(MoveRecord.class, "file_id"),
            MoveRecord::atVersion);
    this.history =
        new DailyCollection<>(
            store,
            "moves_",
            new DocumentLayout<>(MoveRecord.class, "move_id"),
            List.of("file_id", "job_id"));
    this.clock = clock;
  }

  /**
   * Makes a move the active one of its file; empty: there is one, or its id is taken. One that
   * comes with a claim starts now: the move before it may have ended since the claim was written.
   */
  Future<Optional<MoveRecord>> insert(MoveRecord move) {
    Instant now = clock.instant();
    MoveRecord started = move.startedAt() == null ? move : move.startedAt(now);
    return active.insert(started, Versions.first(now));
  }

  /** The active move of a file. */
  Future<Optional<MoveRecord>> activeOf(String fileId) {
    return active.get(fileId);
  }

  /** The active move of an id. */
  Future<Optional<MoveRecord>> active(String moveId) {
    return active.getBy("move_id", moveId);
  }

  /** The ended move of an id. */
  Future<Optional<MoveRecord>> ended(String moveId) {
    return history.get(moveId);
  }

  /** Replaces the active move of its version; empty: that one has changed. */
  Future<Optional<MoveRecord>> replace(MoveRecord next) {
    return active.replace(next, next.version());
  }

  /** Removes the active move of its version; false: that one has changed. */
  Future<Boolean> removeActive(MoveRecord move) {
    return active.remove(move.fileId(), move.version());
  }

  /** Adds an ended move to the history; false: it is there. */
  Future<Boolean> insertEnded(MoveRecord move) {
    return history.insert(move);
  }

  /** Replaces an ended move of a version; false: that one has changed. */
  Future<Boolean> replaceEnded(MoveRecord move, long version) {
    return history.replace(move, version);
  }

  /** Active moves, newest first, with ids before one. */
  Future<List<MoveRecord>> activeNewest(Filter filter, String before, int limit) {
    if (before != null) {
      filter.below("move_id", before);
    }
    return active.find(filter.json(), NEWEST_FIRST, limit);
  }

  /** Ended moves, newest first, with ids before one. */
  Future<List<MoveRecord>> endedNewest(Filter filter, String before, int limit) {
    return history.newest(filter, day -> true, before, limit);
  }

  /** Moves that may be claimed at a time, without transfers on closed routes, most urgent first. */
  Future<List<MoveRecord>> due(Instant now, int limit, List<Route> closed) {
    String time = DocumentLayout.time(now);
    Filter due =
        new Filter()
            .in("state", CLAIMABLE)
            .absentOrAtMost("next_attempt_at", time)
            .absentOrAtMost("lease_until", time);
    if (!closed.isEmpty()) {
      due.noneOf(closed.stream().map(MoveRepository::transferOn).toList());
    }
    return active.find(due.json(), MOST_URGENT_FIRST, limit);
  }

  private static Filter transferOn(Route route) {
    return new Filter()
        .is("from", route.from())
        .is("target", route.target())
        .is("cancel_requested", false)
        .in("state", TRANSFERRING);
  }

  /** How many moves of a job are active. */
  Future<Long> countActive(String jobId) {
    return active.count(new Filter().is("job_id", jobId).json());
  }

  /** How many of a job's active moves nobody will go on with. */
  Future<Long> countStuck(String jobId) {
    return active.count(new Filter().is("job_id", jobId).is("state", wire(MoveState.STUCK)).json());
  }

  /** A job's moves that ended on a day by state: {@code _id} and {@code count}. */
  Future<List<JsonObject>> endedByState(String jobId, LocalDate day) {
    return history.group(
        day,
        new Filter().is("job_id", jobId).json(),
        new JsonObject().put("_id", "$state").put("count", new JsonObject().put("$sum", 1)));
  }

  /** Forgets moves that were submitted before a day. */
  Future<Void> dropBefore(LocalDate first) {
    return history.dropBefore(first);
  }

  /** A state as it stands in documents. */
  static String wire(MoveState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
