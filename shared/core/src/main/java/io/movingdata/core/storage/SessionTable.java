package io.movingdata.core.storage;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The sessions of one worker: bounded in number, and closed when nobody uses them. */
final class SessionTable {
  private final int limit;
  private final long idleNanos;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private int opening;

  private static final class Entry {
    final WorkerSession session;
    long usedAt = System.nanoTime();

    Entry(WorkerSession session) {
      this.session = session;
    }
  }

  /** A session and the name by which it is asked for. */
  record Opened<S>(String id, S session) {}

  SessionTable(int limit, Duration idle) {
    this.limit = limit;
    this.idleNanos = idle.toNanos();
  }

  /** Opens a session and keeps it; {@code OVERLOADED} where there are too many. */
  <S extends WorkerSession> Future<Opened<S>> open(Supplier<Future<S>> opener) {
    if (entries.size() + opening >= limit) {
      return Future.failedFuture(
          MovingDataException.of(ErrorCode.OVERLOADED, "too many transfers are open here")
              .withRetryAfterMs(1_000));
    }
    opening++;
    return opener
        .get()
        .onComplete(opened -> opening--)
        .map(
            session -> {
              String id = UUID.randomUUID().toString();
              entries.put(id, new Entry(session));
              return new Opened<>(id, session);
            });
  }

  /** The session of a name; {@code SESSION_LOST} where there is none of that kind. */
  <S extends WorkerSession> S require(String id, Class<S> kind) {
    Entry entry = entries.get(id);
    if (entry == null || !kind.isInstance(entry.session)) {
      throw MovingDataException.of(ErrorCode.SESSION_LOST, "there is no such session here");
    }
    entry.usedAt = System.nanoTime();
    return kind.cast(entry.session);
  }

  /** Takes a session out; null where there is none. */
  WorkerSession remove(String id) {
    Entry entry = entries.remove(id);
    return entry == null ? null : entry.session;
  }

  /** Closes the sessions of a kind that a condition holds for. */
  Future<Void> closeWhere(Predicate<WorkerSession> condition) {
    List<Entry> gone = entries.values().stream().filter(e -> condition.test(e.session)).toList();
    return close(gone);
  }

  /** Closes what nobody has used for the idle time. */
  Future<Void> closeIdle() {
    long now = System.nanoTime();
    List<Entry> gone =
        entries.values().stream()
            .filter(e -> !e.session.busy() && now - e.usedAt >= idleNanos)
            .toList();
    return close(gone);
  }

  /** The keys that sessions of a kind are open for. */
  Set<String> keys(Class<? extends WorkerSession> kind) {
    return entries.values().stream()
        .map(e -> e.session)
        .filter(kind::isInstance)
        .map(WorkerSession::key)
        .collect(Collectors.toSet());
  }

  private Future<Void> close(List<Entry> gone) {
    entries.values().removeAll(gone);
    return Future.join(gone.stream().map(e -> e.session.close()).toList()).mapEmpty();
  }
}
