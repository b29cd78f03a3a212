package io.movingdata.telemetry.window;

import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.AccessHistory;
import io.movingdata.core.model.AccessKind;
import io.movingdata.core.model.FileWindows;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;

/**
 * The use of one file, or of the whole stream: its windows and its history. Windows are exact to
 * the minute; the oldest minute of a count is taken in proportion. A file that is used every minute
 * costs 4.5 kB, one that is used rarely a few hundred bytes.
 */
public final class Usage {
  private static final long MINUTE_MS = 60_000;
  private static final double DAY_MS = 86_400_000.0;
  private static final double EMA_5 = 2.0 / 6;
  private static final double EMA_30 = 2.0 / 31;

  private final Minutes minutes = new Minutes();
  private final Slots slots = new Slots();
  private AccessHistory history;

  /** One that was not used yet, or of which a history is known. */
  public Usage(AccessHistory history) {
    this.history = history;
  }

  /** What is counted since ever; null before the first event. */
  public AccessHistory history() {
    return history;
  }

  /** The newest minute with an event, since 1970; 0 for none. */
  public long newestMinute() {
    return minutes.newest();
  }

  /**
   * Adds an event to the windows.
   *
   * @param received when it was taken: one that is ahead of that counts then
   */
  public void add(AccessEvent event, Instant received, Instant now) {
    long newest = now.toEpochMilli() / MINUTE_MS;
    long minute = Math.min(event.ts().toEpochMilli(), received.toEpochMilli()) / MINUTE_MS;
    minutes.add(event, minute, newest);
    if (event.latencyMs() != null) {
      slots.latency(event.latencyMs(), minute, newest);
    }
    if (event.clientId() != null) {
      slots.client(event.clientId(), minute, newest);
    }
  }

  /** The windows of several together. */
  public static Usage together(Collection<Usage> all, Instant now) {
    Usage sum = new Usage(null);
    long newest = now.toEpochMilli() / MINUTE_MS;
    for (Usage one : all) {
      sum.minutes.addAll(one.minutes, newest);
      sum.slots.addAll(one.slots, newest);
    }
    return sum;
  }

  /** Adds an event to the history, unless it is in it already. */
  public void remember(AccessEvent event, int partition, long offset) {
    if (history != null && history.partition() == partition && offset <= history.upTo()) {
      return;
    }
    Instant ts = event.ts();
    boolean read = event.event() == AccessKind.READ;
    if (history == null) {
      history =
          new AccessHistory(
              partition, offset, 1, 1, ts, read ? 1 : 0, read ? 0 : 1, event.bytesRead(), ts, ts);
      return;
    }
    double ahead = (ts.toEpochMilli() - history.at().toEpochMilli()) / DAY_MS;
    // Whichever is earlier of the event and what is counted is the one that is discounted.
    double fadeWeek = Math.exp(-Math.abs(ahead) / 7);
    double fadeDay = Math.exp(-Math.abs(ahead));
    boolean later = ahead > 0;
    history =
        new AccessHistory(
            partition,
            offset,
            later ? history.week() * fadeWeek + 1 : history.week() + fadeWeek,
            later ? history.day() * fadeDay + 1 : history.day() + fadeDay,
            later ? ts : history.at(),
            history.reads() + (read ? 1 : 0),
            history.writes() + (read ? 0 : 1),
            history.bytesRead() + event.bytesRead(),
            ts.isBefore(history.firstAt()) ? ts : history.firstAt(),
            ts.isAfter(history.lastAt()) ? ts : history.lastAt());
  }

  /** The windows that end now. */
  public FileWindows windows(Instant now) {
    long minute = now.toEpochMilli() / MINUTE_MS;
    Minutes.Sums hour = minutes.between(minute - Minutes.SPAN, minute);
    Minutes.Sums ten = minutes.between(minute - 10, minute);
    long count10 = count(10, now);
    long count60 = count(Minutes.SPAN, now);
    ZonedDateTime utc = now.atZone(ZoneOffset.UTC);
    return new FileWindows(
        now,
        count(1, now),
        count10,
        count60,
        hour.writes,
        hour.bytesRead,
        hour.bytesWritten,
        slots.clients(minute),
        hour.latencyAvg(),
        slots.percentile(0.95, minute),
        slots.longest(minute),
        ema(EMA_5, minute),
        ema(EMA_30, minute),
        count60 == 0 ? 1 : count10 / (count60 / 6.0),
        ten.measured == 0 ? 0 : ten.latencyAvg() - hour.latencyAvg(),
        hour.hot,
        minutes.count(minute - 10, minute, m -> minutes.between(m - 1, m).hot),
        hour.failed,
        hour.network,
        hour.conflicts,
        hour.egress,
        utc.getHour(),
        utc.getDayOfWeek().getValue());
  }

  /** Events of the last minutes; of the oldest minute as much as lies in them. */
  private long count(int span, Instant now) {
    long minute = now.toEpochMilli() / MINUTE_MS;
    double share = 1 - (now.toEpochMilli() % MINUTE_MS) / (double) MINUTE_MS;
    long whole = minutes.between(minute - span, minute).events();
    return whole + Math.round(minutes.events(minute - span) * share);
  }

  private double ema(double alpha, long minute) {
    return minutes.weighted(minute, age -> alpha * Math.pow(1 - alpha, age));
  }

  /** Events of each of the whole minutes before now, oldest first. */
  double[] rates(int span, long minute) {
    double[] rates = new double[span];
    for (int i = 0; i < span; i++) {
      rates[i] = minutes.events(minute - span + i);
    }
    return rates;
  }

  /** Mean latency of each of those minutes, ms; NaN where none was measured. */
  double[] latencies(int span, long minute) {
    double[] means = new double[span];
    for (int i = 0; i < span; i++) {
      long at = minute - span + i;
      Minutes.Sums sums = minutes.between(at - 1, at);
      means[i] = sums.measured == 0 ? Double.NaN : sums.latencyAvg();
    }
    return means;
  }
}
