package io.movingdata.catalog;

import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.FileReply;
import io.movingdata.core.contract.CatalogApi.ForgetGarbage;
import io.movingdata.core.contract.CatalogApi.GarbageList;
import io.movingdata.core.contract.CatalogApi.GetMove;
import io.movingdata.core.contract.CatalogApi.MoveInserted;
import io.movingdata.core.contract.CatalogApi.MovePage;
import io.movingdata.core.contract.CatalogApi.MoveReply;
import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.contract.CatalogApi.RenewGarbage;
import io.movingdata.core.contract.CatalogApi.SettleGarbage;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Replica;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns deeds into requests to one catalog, and remembers its answers: a deed that names a version
 * names one that was answered, the newest or an old one.
 */
final class Asker {
  private final Clock clock;
  private final List<List<FileRecord>> files = lists(Deed.FILES);
  private final List<List<MoveRecord>> moves = lists(Deed.FILES);
  private final List<Garbage> leases = new ArrayList<>();
  private final List<Ask<?, ?>> asked = new ArrayList<>();

  Asker(Clock clock) {
    this.clock = clock;
  }

  private static <T> List<List<T>> lists(int size) {
    List<List<T>> lists = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  /** The request of a deed, null where it makes none. */
  Ask<?, ?> ask(Deed deed) {
    Ask<?, ?> ask = request(deed);
    if (ask != null) {
      asked.add(ask);
    }
    return ask;
  }

  private Ask<?, ?> request(Deed deed) {
    return switch (deed.kind()) {
      case READ -> Requests.read(deed);
      case OPEN -> Requests.open(deed);
      case PROGRESS -> Requests.progress(deed);
      case GET_COPY -> Requests.getCopy(deed);
      case UPLOAD, MOVE, ADD, DROP, DELETE, TOUCH, WILD -> place(deed);
      case DISCARD -> Requests.discard(deed);
      case STALE -> Requests.stale(deed, clock.instant());
      case CLAIM -> Requests.claim(deed);
      case RENEW -> renew(deed);
      case SETTLE -> settle(deed);
      case DISMISS -> dismiss(deed);
      case INSERT -> Requests.insert(deed, clock.instant());
      case SAVE -> save(deed);
      case FINISH -> finish(deed);
      case GET_MOVE ->
          new Ask<>(CatalogApi.GET_MOVE, new GetMove(Requests.moveId(deed.which()), null));
      case ACTIVE_MOVE ->
          new Ask<>(CatalogApi.GET_MOVE, new GetMove(null, Requests.fileId(deed.file())));
      case DUE -> Requests.due(clock.instant());
      case REPEAT -> asked.isEmpty() ? null : pick(asked, deed.dice());
      case PASS_TIME, FORGET -> null;
    };
  }

  private Ask<?, ?> place(Deed deed) {
    FileRecord seen = pick(files.get(deed.file()), deed.dice());
    Replica copy = Requests.copy(deed);
    boolean alive = seen != null && !seen.deleted();
    boolean adds = deed.kind() != Deed.Kind.DROP && deed.kind() != Deed.Kind.TOUCH;
    if (!alive && deed.kind() != Deed.Kind.UPLOAD) {
      return null;
    }
    FileRecord wanted =
        switch (deed.kind()) {
          case UPLOAD ->
              Samples.file(Requests.fileId(deed.file()), Requests.content(deed.dice()), copy);
          case MOVE -> Samples.withCopies(seen, joined(seen, copy, true));
          case ADD -> Samples.withCopies(seen, joined(seen, copy, false));
          case WILD ->
              Samples.withCopies(
                  seen, copy, Requests.copy(deed.file(), deed.which() + deed.dice() % 3));
          case DROP -> Samples.withCopies(seen, seen.replicas().get(0));
          case DELETE -> Samples.deleted(seen);
          default -> Samples.sized(seen, seen.sizeBytes() + 1, clock.instant());
        };
    boolean names = adds && deed.kind() != Deed.Kind.DELETE;
    return new Ask<>(
        CatalogApi.PLACE,
        new Place(
            wanted,
            alive ? seen.version() : 0,
            names ? copy.copyId() : null,
            deed.kind().name().toLowerCase(java.util.Locale.ROOT),
            deed.dice()));
  }

  /** The file's copies with one more, which takes the primary's place or not. */
  private static Replica[] joined(FileRecord file, Replica copy, boolean moves) {
    List<Replica> copies = new ArrayList<>(file.replicas());
    copies.removeIf(r -> r.location().equals(copy.location()));
    if (moves) {
      copies.removeIf(r -> r.location().equals(file.primary()));
    }
    copies.add(moves ? 0 : copies.size(), copy);
    return copies.toArray(Replica[]::new);
  }

  private Ask<?, ?> settle(Deed deed) {
    Garbage lease = pick(leases, deed.dice());
    Instant dueAt = deed.which() % 2 == 0 ? null : clock.instant().plusMillis(deed.dice());
    return lease == null
        ? null
        : new Ask<>(
            CatalogApi.SETTLE_GARBAGE,
            new SettleGarbage(lease.copyId(), lease.version(), dueAt, "because"));
  }

  private Ask<?, ?> renew(Deed deed) {
    Garbage lease = pick(leases, deed.dice());
    return lease == null
        ? null
        : new Ask<>(
            CatalogApi.RENEW_GARBAGE,
            new RenewGarbage(lease.copyId(), lease.version(), lease.owner(), deed.dice()));
  }

  private Ask<?, ?> dismiss(Deed deed) {
    Garbage lease = pick(leases, deed.dice());
    return lease == null
        ? null
        : new Ask<>(CatalogApi.FORGET_GARBAGE, new ForgetGarbage(lease.copyId(), lease.version()));
  }

  private Ask<?, ?> save(Deed deed) {
    MoveRecord move = pick(moves.get(deed.file()), deed.dice());
    return move == null
        ? null
        : new Ask<>(CatalogApi.SAVE_MOVE, Requests.changed(move, deed, clock.instant()));
  }

  private Ask<?, ?> finish(Deed deed) {
    MoveRecord move = pick(moves.get(deed.file()), deed.dice());
    return move == null ? null : new Ask<>(CatalogApi.FINISH_MOVE, Requests.ended(move, deed));
  }

  /** The newest, as a rule, or one that was seen before it. */
  private static <T> T pick(List<T> seen, int dice) {
    if (seen.isEmpty()) {
      return null;
    }
    int back = dice % 3 == 0 ? dice / 3 % Math.min(4, seen.size()) : 0;
    return seen.get(seen.size() - 1 - back);
  }

  /** Remembers an answer. */
  void heard(Deed deed, Object answer) {
    if (answer instanceof FileReply reply) {
      files.get(deed.file()).add(reply.file());
    } else if (answer instanceof MoveInserted reply) {
      heard(reply.move());
    } else if (answer instanceof MoveReply reply && reply.move() != null) {
      heard(reply.move());
    } else if (answer instanceof MovePage page) {
      page.moves().forEach(this::heard);
    } else if (answer instanceof GarbageList list) {
      leases.addAll(list.entries());
    }
  }

  private void heard(MoveRecord move) {
    int file = Arrays.asList(Requests.fileId(0), Requests.fileId(1)).indexOf(move.fileId());
    moves.get(file).add(move);
  }
}
