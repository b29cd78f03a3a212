package io.movingdata.telemetry.window;

import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.AccessKind;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * Sums a minute, for the last hour: seven words for each minute in which something happened, so 3.4
 * kB at most. Whole numbers throughout, so that the order of events makes no difference. Flags
 * saturate at 65 535 a minute.
 */
final class Minutes {
  /** How far back they reach. */
  static final int SPAN = 60;

  private static final int WORDS = 7;
  private static final int COUNTS = 0; // minute, reads
  private static final int MEASURED = 1; // writes, latencies
  private static final int BYTES_READ = 2;
  private static final int BYTES_WRITTEN = 3;
  private static final int FLAGS = 4; // hot, failed, network, conflicts
  private static final int EGRESS = 5; // millionths of a dollar
  private static final int LATENCY = 6; // microseconds
  private static final int FLAG_MOST = 0xFFFF;

  /** What the minutes of a range add up to. */
  static final class Sums {
    long reads;
    long writes;
    long bytesRead;
    long bytesWritten;
    long hot;
    long failed;
    long network;
    long conflicts;
    double egress;
    long measured;
    double latencyMs;

    long events() {
      return reads + writes;
    }

    double latencyAvg() {
      return measured == 0 ? 0 : latencyMs / measured;
    }
  }

  private long[] cells = new long[2 * WORDS];
  private int size;

  /** Adds an event of a minute; one that is older than the span before {@code newest} is left. */
  void add(AccessEvent event, long minute, long newest) {
    if (minute <= newest - SPAN - 1) {
      return;
    }
    int at = cell(minute, newest) * WORDS;
    boolean read = event.event() == AccessKind.READ;
    cells[at + COUNTS] += read ? 1 : 0;
    cells[at + MEASURED] += read ? 0 : 1L << 32;
    cells[at + BYTES_READ] += event.bytesRead();
    cells[at + BYTES_WRITTEN] += event.bytesWritten();
    flag(at, 0, event.highTempAlert());
    flag(at, 16, event.failedRead());
    flag(at, 32, event.networkFailure());
    flag(at, 48, event.syncConflict());
    cells[at + EGRESS] +=
        event.egressCost() == null ? 0 : Math.round(event.egressCost() * 1_000_000);
    if (event.latencyMs() != null) {
      cells[at + MEASURED] += 1;
      cells[at + LATENCY] += Math.round(event.latencyMs() * 1_000);
    }
  }

  private void flag(int at, int shift, boolean set) {
    if (set) {
      flags(at, shift, 1);
    }
  }

  private void flags(int at, int shift, long more) {
    long set = cells[at + FLAGS] >>> shift & FLAG_MOST;
    cells[at + FLAGS] += (Math.min(FLAG_MOST, set + more) - set) << shift;
  }

  /** Adds what others have. */
  void addAll(Minutes others, long newest) {
    for (int i = 0; i < others.size; i++) {
      long minute = others.minuteOf(i);
      if (minute > newest - SPAN - 1) {
        int from = i * WORDS;
        int to = cell(minute, newest) * WORDS;
        cells[to + COUNTS] += others.cells[from + COUNTS] & 0xFFFF_FFFFL;
        for (int word : new int[] {MEASURED, BYTES_READ, BYTES_WRITTEN, EGRESS, LATENCY}) {
          cells[to + word] += others.cells[from + word];
        }
        for (int shift = 0; shift < 64; shift += 16) {
          flags(to, shift, others.cells[from + FLAGS] >>> shift & FLAG_MOST);
        }
      }
    }
  }

  private long minuteOf(int index) {
    return cells[index * WORDS + COUNTS] >>> 32;
  }

  /** The place of a minute, made where there is none; what lies before the span goes. */
  private int cell(long minute, long newest) {
    int old = 0;
    while (old < size && minuteOf(old) <= newest - SPAN - 1) {
      old++;
    }
    if (old > 0) {
      System.arraycopy(cells, old * WORDS, cells, 0, (size - old) * WORDS);
      size -= old;
    }
    int index = size;
    while (index > 0 && minuteOf(index - 1) >= minute) {
      index--;
    }
    if (index < size && minuteOf(index) == minute) {
      return index;
    }
    if ((size + 1) * WORDS > cells.length) {
      int most = (SPAN + 8) * WORDS;
      cells = Arrays.copyOf(cells, Math.min(most, cells.length * 2));
    }
    int from = index * WORDS;
    System.arraycopy(cells, from, cells, from + WORDS, (size - index) * WORDS);
    Arrays.fill(cells, from, from + WORDS, 0);
    cells[from + COUNTS] = minute << 32;
    size++;
    return index;
  }

  /** The minutes after one, up to and including another. */
  Sums between(long after, long upTo) {
    Sums sums = new Sums();
    for (int i = 0; i < size; i++) {
      long minute = minuteOf(i);
      if (minute > after && minute <= upTo) {
        add(sums, i * WORDS);
      }
    }
    return sums;
  }

  private void add(Sums sums, int at) {
    sums.reads += cells[at + COUNTS] & 0xFFFF_FFFFL;
    sums.writes += cells[at + MEASURED] >>> 32;
    sums.bytesRead += cells[at + BYTES_READ];
    sums.bytesWritten += cells[at + BYTES_WRITTEN];
    sums.hot += cells[at + FLAGS] & FLAG_MOST;
    sums.failed += cells[at + FLAGS] >>> 16 & FLAG_MOST;
    sums.network += cells[at + FLAGS] >>> 32 & FLAG_MOST;
    sums.conflicts += cells[at + FLAGS] >>> 48 & FLAG_MOST;
    sums.egress += cells[at + EGRESS] / 1e6;
    sums.measured += cells[at + MEASURED] & 0xFFFF_FFFFL;
    sums.latencyMs += cells[at + LATENCY] / 1e3;
  }

  /** Events of one minute. */
  long events(long minute) {
    return between(minute - 1, minute).events();
  }

  /** The newest minute with an event; 0 for none. */
  long newest() {
    return size == 0 ? 0 : minuteOf(size - 1);
  }

  /** Sums of a value over the minutes, each weighted by its age. */
  double weighted(long now, DoubleUnaryOperator weightOfAge) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      long age = now - minuteOf(i);
      if (age >= 0 && age <= SPAN) {
        sum += events(minuteOf(i)) * weightOfAge.applyAsDouble((double) age);
      }
    }
    return sum;
  }

  /** How many of the minutes after one, up to another, have what is asked for. */
  int count(long after, long upTo, LongUnaryOperator value) {
    int found = 0;
    for (long minute = after + 1; minute <= upTo; minute++) {
      found += value.applyAsLong(minute) > 0 ? 1 : 0;
    }
    return found;
  }
}
