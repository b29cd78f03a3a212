package io.movingdata.core.features;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A number that is said of a file, with the value that stands for an unknown one. */
public enum Feature {
  /** Events a day lately, weighted over about a week. */
  ACCESS_FREQ_PER_DAY(0),
  /** Events a day to expect, see {@link ExpectedUse}; where unknown, as lately. */
  ACCESS_FREQ_EXPECTED(0),
  /** Longest latency that its users accept, ms: user metadata of that name. */
  LATENCY_SLA_MS(500),
  /** Plaintext size, KiB. */
  SIZE_KB(1_024),
  /** Days since the last event, or since it was stored. */
  DAYS_SINCE_ACCESS(30),
  /** Events of the last day relative to those of an average day of the last week. */
  DAY_TO_WEEK(1),
  /** Share of its events that were writes. */
  WRITE_SHARE(0),
  /** Events in the last minute. */
  COUNT_1M(0),
  /** Events in the last 10 minutes. */
  COUNT_10M(0),
  /** Events in the last hour. */
  COUNT_60M(0),
  /** Bytes read in the last hour. */
  BYTES_READ_60M(0),
  /** Different clients in the last hour. */
  UNIQUE_CLIENTS_60M(0),
  /** Mean latency of the last hour, ms. */
  LATENCY_AVG_MS(0),
  /** 95th percentile of latency of the last hour, ms. */
  LATENCY_P95_MS(0),
  /** Events a minute, averaged over 5 minutes. */
  EMA_5M(0),
  /** Events a minute, averaged over 30 minutes. */
  EMA_30M(0),
  /** Events of the last 10 minutes relative to the hour's; 1 is steady. */
  GROWTH(1),
  /** Latency of the last 10 minutes less that of the hour, ms. */
  LATENCY_DELTA_MS(0),
  /** How many of the last 10 minutes had too high a temperature. */
  HIGH_TEMP_MINUTES(0),
  /** Failed reads in the last hour. */
  FAILED_READS_60M(0),
  /** Network failures in the last hour. */
  NETWORK_FAILURES_60M(0),
  /** Disagreements between replicas in the last hour. */
  CONFLICTS_60M(0),
  /** What leaving the location cost in the last hour, USD. */
  EGRESS_COST_LAST_1HR(0),
  /** Moves elsewhere in the last 30 days. */
  NUM_RECENT_MIGRATIONS(0),
  /** Hours since the last move, or since it was stored. */
  TIME_SINCE_LAST_MIGRATION(8_760),
  /** Price of storage where it is, USD per GB and month. */
  STORAGE_COST_PER_GB(0.023),
  /** Hour of the day, UTC. */
  HOUR(12),
  /** 1 Monday to 7 Sunday, UTC. */
  WEEKDAY(3);

  private final double defaultValue;

  Feature(double defaultValue) {
    this.defaultValue = defaultValue;
  }

  /** What stands for an unknown value: {@code FEATURE_DEFAULTS}. */
  public double defaultValue() {
    return defaultValue;
  }

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The feature of a name. */
  public static Optional<Feature> ofWire(String name) {
    return Arrays.stream(values()).filter(feature -> feature.wire().equals(name)).findFirst();
  }
}
