package io.movingdata.telemetry.consume;

import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.AccessHistory;
import io.movingdata.telemetry.window.EventIds;
import io.movingdata.telemetry.window.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** What a node knows of the files of one partition while it reads that. */
final class PartitionState {
  /** Ids of this many events are remembered, the newest half for sure. */
  private static final int IDS = 1 << 19;

  /** A file that was not used for so long is forgotten once its windows are saved. */
  private static final long IDLE_MINUTES = 62;

  /** A file's windows are saved again after so long although nothing happened. */
  static final Duration REFRESH = Duration.ofMinutes(10);

  /** One file. */
  static final class Tracked {
    final Usage usage;
    boolean changed;
    Instant savedAt = Instant.EPOCH;

    Tracked(AccessHistory history) {
      this.usage = new Usage(history);
    }

    boolean due(Instant now) {
      return changed || savedAt.plus(REFRESH).isBefore(now);
    }
  }

  private final int partition;
  private final long liveFrom;
  private final EventIds ids = new EventIds(IDS);
  private final Map<String, Tracked> files = new HashMap<>();
  private long next;

  /**
   * A partition that was just assigned.
   *
   * @param liveFrom the first offset that nobody has processed: those before are read again for
   *     their windows only
   */
  PartitionState(int partition, long liveFrom) {
    this.partition = partition;
    this.liveFrom = liveFrom;
    this.next = liveFrom;
  }

  int partition() {
    return partition;
  }

  boolean live(long offset) {
    return offset >= liveFrom;
  }

  /** The offset after the last one that is processed. */
  long next() {
    return next;
  }

  void processed(long upTo) {
    next = Math.max(next, upTo + 1);
  }

  boolean knows(String fileId) {
    return files.containsKey(fileId);
  }

  void begin(String fileId, AccessHistory history) {
    files.putIfAbsent(fileId, new Tracked(history));
  }

  Map<String, Tracked> files() {
    return files;
  }

  /** Adds an event to its file's windows; false: it came before. */
  boolean add(AccessEvent event, long offset, Instant received, Instant now) {
    if (!ids.add(event.eventId())) {
      return false;
    }
    Tracked file = files.computeIfAbsent(event.fileId(), id -> new Tracked(null));
    file.usage.add(event, received, now);
    file.usage.remember(event, partition, offset);
    file.changed = true;
    return true;
  }

  /** Forgets files whose windows are empty and saved. */
  void forgetIdle(Instant now) {
    long minute = now.toEpochMilli() / 60_000;
    for (Iterator<Tracked> all = files.values().iterator(); all.hasNext(); ) {
      Tracked one = all.next();
      boolean idle = one.usage.newestMinute() < minute - IDLE_MINUTES;
      boolean saved =
          one.savedAt.toEpochMilli() / 60_000 >= one.usage.newestMinute() + IDLE_MINUTES;
      if (idle && saved && !one.changed) {
        all.remove();
      }
    }
  }
}
