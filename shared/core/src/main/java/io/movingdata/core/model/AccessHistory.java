package io.movingdata.core.model;

import java.time.Instant;

/**
 * How a file has been used since it was first heard of. Each event counts once: those up to an
 * offset of a partition are in it, and none after.
 *
 * @param partition the partition that the file's events come from
 * @param upTo offset of the last event that is counted
 * @param week events, each weighted by e^(-age / 7 days) at {@code at}
 * @param day events, each weighted by e^(-age / 1 day) at {@code at}
 * @param at what the weights are relative to
 * @param reads reads since ever
 * @param writes writes since ever
 * @param bytesRead bytes read since ever
 * @param firstAt time of the earliest event
 * @param lastAt time of the latest event
 */
public record AccessHistory(
    int partition,
    long upTo,
    double week,
    double day,
    Instant at,
    long reads,
    long writes,
    long bytesRead,
    Instant firstAt,
    Instant lastAt) {
  private static final double DAY_MS = 86_400_000.0;
  private static final double WEEK_DAYS = 7;

  /** Events a day lately, as far back as about a week; a young file's by its age. */
  public double perDay(Instant now) {
    double age = Math.max(1.0 / 24, (now.toEpochMilli() - firstAt.toEpochMilli()) / DAY_MS);
    double since = (now.toEpochMilli() - at.toEpochMilli()) / DAY_MS;
    double weighted = week * Math.exp(-since / WEEK_DAYS);
    return weighted / (WEEK_DAYS * (1 - Math.exp(-age / WEEK_DAYS)));
  }
}
