package io.movingdata.predictor.serve;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.FileRecord;
import io.movingdata.predictor.learn.Dataset;
import io.movingdata.predictor.learn.Heuristics;
import io.movingdata.predictor.learn.LookAhead;
import io.movingdata.predictor.learn.LookAhead.Day;
import io.movingdata.predictor.learn.LookAhead.Standing;
import io.movingdata.predictor.learn.LookAhead.Subject;
import io.movingdata.predictor.learn.Steps;
import io.movingdata.predictor.serve.LiveFiles.Known;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Examples of the files that there are. Where use has been recorded for long enough they are
 * labelled by looking ahead in it, and by heuristics on present use before.
 */
final class Labels {
  private static final Logger LOG = LoggerFactory.getLogger(Labels.class);
  private static final int MOST_FILES = 50_000;
  private static final int PAGE = 500;
  private static final int KEPT_DAYS = 30;
  private static final int SHORTEST = 3;
  private static final int FEWEST = 20;
  private static final double LONG_AGO_HOURS = 8_760;

  /**
   * Examples in the order of time.
   *
   * @param source as in {@code ModelCard.labels}
   * @param horizonDays how far ahead was looked, null where it was not
   */
  record Labelled(Dataset data, String source, Double horizonDays) {}

  private record Dated(LocalDate day, FileFeatures features, String tier) {}

  private final Bus bus;
  private final Clock clock;
  private final LiveFiles files;

  Labels(NodeContext node, LiveFiles files) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.files = files;
  }

  Future<Labelled> examples(Steps steps) {
    return files
        .read(MOST_FILES, read -> steps.next("reading", Math.min(0.2, read / 250_000.0)))
        .compose(
            known ->
                ahead(known, steps)
                    .otherwise(
                        failure -> {
                          LOG.info("labels are heuristics': {}", failure.getMessage());
                          return null;
                        })
                    .map(ahead -> ahead == null ? byHeuristics(known) : ahead));
  }

  private static Labelled byHeuristics(List<Known> known) {
    List<FileFeatures> features = known.stream().map(Known::features).toList();
    return new Labelled(
        Dataset.of(features, features.stream().map(Heuristics::tier).toList()), "heuristics", null);
  }

  /** Null where too little is recorded. */
  private Future<Labelled> ahead(List<Known> known, Steps steps) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate from = today.minusDays(KEPT_DAYS);
    return use(List.of(), from, today)
        .compose(
            any -> {
              // The first day may be recorded in part, and today is not over.
              LocalDate since = any.since() == null ? today : any.since().plusDays(1);
              long days = today.toEpochDay() - Math.max(since.toEpochDay(), from.toEpochDay());
              return days < SHORTEST
                  ? Future.succeededFuture(null)
                  : bus.request(RulesApi.PRICES, Done.DONE)
                      .compose(
                          prices ->
                              pages(known, 0, from, today, new HashMap<>(), steps)
                                  .map(used -> labelled(known, used, prices, since, days)));
            });
  }

  private Future<InsightApi.DailyUse> use(List<String> ids, LocalDate from, LocalDate to) {
    return bus.request(
        InsightApi.USE_BY_DAY, new InsightApi.UseQuery(ids, from, to), Duration.ofMinutes(1));
  }

  private Future<Map<String, NavigableMap<LocalDate, Day>>> pages(
      List<Known> known,
      int done,
      LocalDate from,
      LocalDate to,
      Map<String, NavigableMap<LocalDate, Day>> into,
      Steps steps) {
    if (done >= known.size()) {
      return Future.succeededFuture(into);
    }
    steps.next("reading", 0.2 + 0.1 * done / known.size());
    int end = Math.min(known.size(), done + PAGE);
    List<String> ids = known.subList(done, end).stream().map(one -> one.file().id()).toList();
    return use(ids, from, to)
        .compose(
            found -> {
              for (InsightApi.DayOfUse one : found.days()) {
                into.computeIfAbsent(one.fileId(), id -> new TreeMap<>())
                    .put(one.day(), new Day(one.reads(), one.writes()));
              }
              return pages(known, end, from, to, into, steps);
            });
  }

  private Labelled labelled(
      List<Known> known,
      Map<String, NavigableMap<LocalDate, Day>> used,
      RulesApi.PriceList prices,
      LocalDate since,
      long recordedDays) {
    int horizon = (int) Math.max(1, Math.min(prices.horizonDays(), recordedDays / 2.0));
    LookAhead ahead = new LookAhead(prices.places(), horizon);
    LocalDate last = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(horizon + 1L);
    List<Dated> found = new ArrayList<>();
    for (Known one : known) {
      FileRecord file = one.file();
      NavigableMap<LocalDate, Day> use = used.getOrDefault(file.id(), new TreeMap<>());
      LocalDate stored = stored(file, use);
      Subject subject = new Subject(file.sizeBytes(), one.features(), stored, use);
      for (LocalDate day = last;
          !day.isBefore(since) && !day.isBefore(stored);
          day = day.minusDays(Math.max(1, horizon / 3))) {
        Standing standing = standing(one, day);
        if (standing.tier() != null) {
          found.add(
              new Dated(
                  day,
                  ahead.features(subject, standing, since, day),
                  ahead.label(subject, standing, day)));
        }
      }
    }
    found.sort(Comparator.comparing(Dated::day));
    Dataset data =
        Dataset.of(
            found.stream().map(Dated::features).toList(), found.stream().map(Dated::tier).toList());
    return data.rows().size() < FEWEST || data.classes().size() < 2
        ? null
        : new Labelled(data, "look-ahead", (double) horizon);
  }

  /** Use that is older than the file here was its use elsewhere. */
  private static LocalDate stored(FileRecord file, NavigableMap<LocalDate, Day> use) {
    LocalDate here = LocalDate.ofInstant(file.createdAt(), ZoneOffset.UTC);
    return use.isEmpty() || here.isBefore(use.firstKey()) ? here : use.firstKey();
  }

  /** Where it was on a day, as far as its last move tells. */
  private Standing standing(Known one, LocalDate day) {
    FileRecord file = one.file();
    FileInsight insight = one.insight();
    Instant then = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    int moves =
        insight == null
            ? 0
            : insight.movesAfter(then.minus(Duration.ofDays(30))) - insight.movesAfter(then);
    boolean there = file.lastMove() == null || !file.lastMove().at().isAfter(then);
    if (!there) {
      return new Standing(files.tierOf(file.lastMove().from()), LONG_AGO_HOURS, moves);
    }
    Instant came = file.lastMovedAt() == null ? file.createdAt() : file.lastMovedAt();
    double hours = Math.max(0, Duration.between(came, then).toMinutes() / 60.0);
    return new Standing(files.tierOf(file.primary()), hours, moves);
  }
}
