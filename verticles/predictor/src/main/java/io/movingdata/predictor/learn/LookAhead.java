package io.movingdata.predictor.learn;

import io.movingdata.core.contract.RulesApi.Place;
import io.movingdata.core.cost.CostModel;
import io.movingdata.core.features.ExpectedUse;
import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Examples from recorded use. A file at the end of a past day is one: its features are what was
 * known of it then, its tier is the one where it would have cost least over the days after, the way
 * there included, among those whose reads begin in time. What is kept of the past is counted by the
 * day, so what describes single hours has its default.
 */
public final class LookAhead {
  private static final double WEEK_DAYS = 7;
  private static final double LONG_THERE = 1_000;

  private final List<Place> places;
  private final int horizonDays;

  /** {@code horizonDays}: how many days ahead are looked at. */
  public LookAhead(List<Place> places, int horizonDays) {
    this.places = List.copyOf(places);
    this.horizonDays = horizonDays;
  }

  /** A day's use. */
  public record Day(long reads, long writes) {}

  /**
   * A file and its recorded use.
   *
   * @param bytes plaintext size
   * @param now what is known of it now: what does not change with its use is taken from here
   * @param storedOn when it was stored
   * @param use its use, by the day; a day that is absent had none
   */
  public record Subject(
      long bytes, FileFeatures now, LocalDate storedOn, NavigableMap<LocalDate, Day> use) {}

  /** Where it was, and how long ago it came there, on the day of an example. */
  public record Standing(String tier, double hoursThere, int recentMoves) {}

  /** What was known of a file at the end of a day. */
  public FileFeatures features(
      Subject file, Standing standing, LocalDate recordedSince, LocalDate day) {
    Map<String, Double> values = new HashMap<>();
    put(values, Feature.SIZE_KB, file.bytes() / 1024.0);
    for (Feature same : List.of(Feature.LATENCY_SLA_MS)) {
      if (file.now().values().containsKey(same.wire())) {
        put(values, same, file.now().get(same));
      }
    }
    double week = 0;
    double last = 0;
    long reads = 0;
    long writes = 0;
    LocalDate lastUse = null;
    for (var one : file.use().headMap(day, true).entrySet()) {
      double events = one.getValue().reads() + one.getValue().writes();
      double age = day.toEpochDay() - one.getKey().toEpochDay() + 0.5;
      week += events * Math.exp(-age / WEEK_DAYS);
      last += events * Math.exp(-age);
      reads += one.getValue().reads();
      writes += one.getValue().writes();
      lastUse = one.getKey();
    }
    LocalDate first = file.storedOn().isAfter(recordedSince) ? file.storedOn() : recordedSince;
    double known = Math.max(1, day.toEpochDay() - first.toEpochDay() + 1);
    double events = (double) reads + writes;
    put(
        values,
        Feature.ACCESS_FREQ_PER_DAY,
        week / (WEEK_DAYS * (1 - Math.exp(-known / WEEK_DAYS))));
    put(values, Feature.DAY_TO_WEEK, week < 1e-9 ? 0 : last / (week / WEEK_DAYS));
    put(values, Feature.WRITE_SHARE, events == 0 ? 0 : writes / events);
    LocalDate since = lastUse == null ? first : lastUse;
    double idle = day.toEpochDay() - since.toEpochDay() + 0.5;
    put(values, Feature.DAYS_SINCE_ACCESS, idle);
    put(values, Feature.ACCESS_FREQ_EXPECTED, ExpectedUse.perDay(reads + writes, known, idle));
    put(values, Feature.TIME_SINCE_LAST_MIGRATION, standing.hoursThere());
    put(values, Feature.NUM_RECENT_MIGRATIONS, standing.recentMoves());
    put(values, Feature.WEEKDAY, day.atStartOfDay(ZoneOffset.UTC).getDayOfWeek().getValue());
    places.stream()
        .filter(place -> place.tier().equals(standing.tier()))
        .findFirst()
        .ifPresent(
            here -> put(values, Feature.STORAGE_COST_PER_GB, here.prices().storagePerGbMonth()));
    return new FileFeatures(values, standing.tier(), file.now().cloudRegion());
  }

  /** Where it would have cost least over the days after one; where it was, if nowhere less. */
  public String label(Subject file, Standing standing, LocalDate day) {
    double accepted = file.now().get(Feature.LATENCY_SLA_MS);
    long reads = 0;
    long writes = 0;
    for (Day one :
        file.use().subMap(day.plusDays(1), true, day.plusDays(horizonDays), true).values()) {
      reads += one.reads();
      writes += one.writes();
    }
    CostModel.Profile used =
        new CostModel.Profile(
            file.bytes(), (double) reads / horizonDays, (double) writes / horizonDays);
    Place here =
        places.stream().filter(p -> p.tier().equals(standing.tier())).findFirst().orElse(null);
    List<Place> fast =
        places.stream().filter(place -> place.prices().firstByteMs() <= accepted).toList();
    String best = standing.tier();
    double least = Double.MAX_VALUE;
    for (Place place : fast.isEmpty() ? places : fast) {
      boolean stays = place.tier().equals(standing.tier());
      double way =
          stays || here == null
              ? 0
              : CostModel.move(used, here.prices(), place.prices(), LONG_THERE);
      double cost =
          way + CostModel.monthly(used, place.prices()) * horizonDays / CostModel.DAYS_A_MONTH;
      if (cost < least || (stays && cost <= least)) {
        least = cost;
        best = place.tier();
      }
    }
    return best;
  }

  private static void put(Map<String, Double> values, Feature feature, double value) {
    values.put(feature.wire(), value);
  }
}
