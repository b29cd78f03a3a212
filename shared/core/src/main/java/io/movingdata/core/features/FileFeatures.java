package io.movingdata.core.features;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.model.AccessHistory;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.FileWindows;
import io.movingdata.core.model.MetadataEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The feature vector of a file.
 *
 * @param values numbers by the names of {@link Feature}; what is absent has its default
 * @param currentTier the tier where it is
 * @param cloudRegion the region where it is, null where unknown
 */
public record FileFeatures(Map<String, Double> values, String currentTier, String cloudRegion) {
  private static final double HOUR_MS = 3_600_000;
  private static final double DAY_MS = 24 * HOUR_MS;
  private static final double WEEK_DAYS = 7;
  private static final Duration RECENT = Duration.ofDays(30);

  public FileFeatures {
    values = values == null ? Map.of() : Map.copyOf(values);
  }

  /** A number; its default where it is not known. */
  public double get(Feature feature) {
    return values.getOrDefault(feature.wire(), feature.defaultValue());
  }

  /** What is known of a file at a time; {@code insight} null where nothing was heard. */
  public static FileFeatures of(
      FileRecord file, FileInsight insight, LocationConfig here, Instant now) {
    Map<String, Double> all = new LinkedHashMap<>();
    put(all, Feature.SIZE_KB, file.sizeBytes() / 1024.0);
    declared(file, Feature.LATENCY_SLA_MS).ifPresent(sla -> put(all, Feature.LATENCY_SLA_MS, sla));
    declared(file, Feature.ACCESS_FREQ_PER_DAY)
        .ifPresent(rate -> put(all, Feature.ACCESS_FREQ_PER_DAY, rate));
    put(all, Feature.STORAGE_COST_PER_GB, here.storagePerGbMonth());
    put(all, Feature.DAYS_SINCE_ACCESS, days(file.updatedAt(), now));
    // Until it moves, it came when it was stored.
    Instant came = file.lastMovedAt() == null ? file.createdAt() : file.lastMovedAt();
    put(all, Feature.TIME_SINCE_LAST_MIGRATION, 24 * days(came, now));
    put(all, Feature.NUM_RECENT_MIGRATIONS, recentMoves(file, insight, now));
    if (insight != null && insight.history() != null) {
      history(all, insight.history(), now);
    }
    // Windows that ended long ago say nothing about now.
    if (insight != null
        && insight.windows() != null
        && insight.windows().at().isAfter(now.minus(Duration.ofMinutes(15)))) {
      windows(all, insight.windows());
    }
    put(all, Feature.HOUR, now.atZone(ZoneOffset.UTC).getHour());
    put(all, Feature.WEEKDAY, now.atZone(ZoneOffset.UTC).getDayOfWeek().getValue());
    return new FileFeatures(all, here.tier(), here.cloudRegion());
  }

  private static void put(Map<String, Double> all, Feature feature, Number value) {
    all.put(feature.wire(), value.doubleValue());
  }

  private static double days(Instant since, Instant now) {
    return Math.max(0, (now.toEpochMilli() - since.toEpochMilli()) / DAY_MS);
  }

  /** The last move is known of files whose moves nobody has counted yet. */
  private static int recentMoves(FileRecord file, FileInsight insight, Instant now) {
    Instant since = now.minus(RECENT);
    int last = file.lastMovedAt() != null && file.lastMovedAt().isAfter(since) ? 1 : 0;
    return insight == null ? last : Math.max(last, insight.movesAfter(since));
  }

  private static void history(Map<String, Double> all, AccessHistory history, Instant now) {
    double perDay = history.perDay(now);
    double faded = Math.exp(-days(history.at(), now));
    double weekly = history.week() * Math.exp(-days(history.at(), now) / WEEK_DAYS);
    put(all, Feature.ACCESS_FREQ_PER_DAY, perDay);
    double idle = days(history.lastAt(), now);
    put(all, Feature.DAYS_SINCE_ACCESS, idle);
    put(all, Feature.DAY_TO_WEEK, weekly < 1e-9 ? 0 : history.day() * faded / (weekly / WEEK_DAYS));
    long events = history.reads() + history.writes();
    put(
        all,
        Feature.ACCESS_FREQ_EXPECTED,
        ExpectedUse.perDay(events, days(history.firstAt(), now), idle));
    put(all, Feature.WRITE_SHARE, events == 0 ? 0 : (double) history.writes() / events);
  }

  private static void windows(Map<String, Double> all, FileWindows windows) {
    put(all, Feature.COUNT_1M, windows.count1m());
    put(all, Feature.COUNT_10M, windows.count10m());
    put(all, Feature.COUNT_60M, windows.count60m());
    put(all, Feature.BYTES_READ_60M, windows.bytesRead60m());
    put(all, Feature.UNIQUE_CLIENTS_60M, windows.uniqueClients60m());
    put(all, Feature.LATENCY_AVG_MS, windows.latencyAvgMs());
    put(all, Feature.LATENCY_P95_MS, windows.latencyP95Ms());
    put(all, Feature.EMA_5M, windows.ema5m());
    put(all, Feature.EMA_30M, windows.ema30m());
    put(all, Feature.GROWTH, windows.growth());
    put(all, Feature.LATENCY_DELTA_MS, windows.latencyDeltaMs());
    put(all, Feature.HIGH_TEMP_MINUTES, windows.highTempMinutes());
    put(all, Feature.FAILED_READS_60M, windows.failedReads60m());
    put(all, Feature.NETWORK_FAILURES_60M, windows.networkFailures60m());
    put(all, Feature.CONFLICTS_60M, windows.conflicts60m());
    put(all, Feature.EGRESS_COST_LAST_1HR, windows.egressCost60m());
  }

  private static Optional<Double> declared(FileRecord file, Feature feature) {
    return file.metadata().stream()
        .filter(entry -> entry.key().equals(feature.wire()))
        .map(MetadataEntry::value)
        .filter(value -> value.matches("[0-9]{1,12}(\\.[0-9]{1,12})?"))
        .map(Double::valueOf)
        .findFirst();
  }
}
