package io.movingdata.catalog;

import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.ClaimGarbage;
import io.movingdata.core.contract.CatalogApi.CopyProgress;
import io.movingdata.core.contract.CatalogApi.CopyRef;
import io.movingdata.core.contract.CatalogApi.DiscardCopy;
import io.movingdata.core.contract.CatalogApi.DueMoves;
import io.movingdata.core.contract.CatalogApi.GetFile;
import io.movingdata.core.contract.CatalogApi.StaleCopies;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.Replica;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The requests of deeds that name no version. */
final class Requests {
  private static final List<String> LOCATIONS = List.of("s3", "azure", "gcs");
  private static final MoveState[] OPEN_STATES = {
    MoveState.PLANNED,
    MoveState.COPYING,
    MoveState.VERIFIED,
    MoveState.COMMITTED,
    MoveState.RETRY_WAIT,
    MoveState.STUCK,
    MoveState.ABORTING
  };

  private Requests() {}

  static String fileId(int file) {
    return "file-" + file;
  }

  static String content(int dice) {
    return "c" + "0".repeat(30) + dice % 3;
  }

  static String moveId(int which) {
    return String.format(
        Locale.ROOT, "%012x-%016x", Samples.NOW.toEpochMilli(), which % Deed.MOVES);
  }

  /** One of the file's copies; now and then one of the other file's. */
  static Replica copy(Deed deed) {
    return copy(deed.dice() % 20 == 0 ? deed.file() + 1 : deed.file(), deed.which());
  }

  static Replica copy(int file, int which) {
    int number = which % Deed.COPIES;
    String copyId = String.format(Locale.ROOT, "%016x%016x", file % Deed.FILES, number);
    return Samples.replica(
        fileId(file % Deed.FILES), LOCATIONS.get(number % LOCATIONS.size()), copyId);
  }

  static Ask<?, ?> read(Deed deed) {
    return new Ask<>(CatalogApi.GET_FILE, new GetFile(fileId(deed.file()), deed.dice() % 2 == 0));
  }

  static Ask<?, ?> open(Deed deed) {
    return new Ask<>(CatalogApi.OPEN_COPY, Samples.intent(fileId(deed.file()), copy(deed)));
  }

  static Ask<?, ?> progress(Deed deed) {
    return new Ask<>(
        CatalogApi.COPY_PROGRESS,
        new CopyProgress(
            copy(deed).copyId(), "node-" + deed.dice() % 2, "token-" + deed.dice(), deed.dice()));
  }

  static Ask<?, ?> getCopy(Deed deed) {
    return new Ask<>(CatalogApi.GET_COPY, new CopyRef(copy(deed).copyId()));
  }

  static Ask<?, ?> discard(Deed deed) {
    return new Ask<>(
        CatalogApi.DISCARD_COPY,
        new DiscardCopy(
            copy(deed).copyId(),
            fileId(deed.file()),
            deed.which() % 2 == 0 ? null : copy(deed).location(),
            "abandoned",
            deed.dice()));
  }

  static Ask<?, ?> stale(Deed deed, Instant now) {
    return new Ask<>(
        CatalogApi.STALE_COPIES, new StaleCopies(now.minusMillis(deed.dice() * 10L), 100));
  }

  static Ask<?, ?> claim(Deed deed) {
    return new Ask<>(
        CatalogApi.CLAIM_GARBAGE,
        new ClaimGarbage("node-" + deed.dice() % 2, 1 + deed.dice(), 1 + deed.which() % 3));
  }

  static Ask<?, ?> insert(Deed deed, Instant now) {
    MoveRecord move =
        Samples.move(
            moveId(deed.which()),
            fileId(deed.file()),
            LOCATIONS.get(deed.dice() % LOCATIONS.size()),
            MoveState.PLANNED,
            deed.dice() % 2,
            null);
    return new Ask<>(
        CatalogApi.INSERT_MOVE,
        at(move, MoveState.PLANNED, null, 0, null, null, now.minusMillis(deed.which())));
  }

  static Ask<?, ?> due(Instant now) {
    return new Ask<>(CatalogApi.DUE_MOVES, new DueMoves(now, 100));
  }

  /** The move as its owner, or somebody else, would have it. */
  static MoveRecord changed(MoveRecord move, Deed deed, Instant now) {
    boolean leased = deed.dice() % 3 == 0;
    return at(
        move,
        OPEN_STATES[deed.which() % OPEN_STATES.length],
        leased ? "node-" + deed.dice() % 2 : null,
        move.epoch() + deed.dice() % 2,
        leased ? now.plusMillis(deed.dice()) : null,
        deed.dice() % 5 == 0 ? now.plusMillis(deed.dice()) : null,
        move.createdAt());
  }

  /** The move at its end; now and then in a state in which none ends. */
  static MoveRecord ended(MoveRecord move, Deed deed) {
    MoveState state =
        deed.dice() % 10 == 0
            ? MoveState.COPYING
            : deed.which() % 2 == 0 ? MoveState.DONE : MoveState.ABORTED;
    return at(move, state, null, move.epoch(), null, null, move.createdAt());
  }

  private static MoveRecord at(
      MoveRecord m,
      MoveState state,
      String owner,
      long epoch,
      Instant leaseUntil,
      Instant nextAttemptAt,
      Instant createdAt) {
    return new MoveRecord(
        m.moveId(),
        m.version(),
        m.fileId(),
        m.kind(),
        m.from(),
        m.target(),
        state,
        m.contentId(),
        m.copy(),
        owner,
        epoch,
        leaseUntil,
        m.attempts(),
        nextAttemptAt,
        m.lastError(),
        m.priority(),
        m.jobId(),
        m.requester(),
        m.cancelRequested(),
        m.bytesTotal(),
        m.bytesDone(),
        createdAt,
        m.startedAt(),
        m.committedAt(),
        m.finishedAt());
  }
}
