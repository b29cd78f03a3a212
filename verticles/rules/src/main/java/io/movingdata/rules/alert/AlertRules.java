package io.movingdata.rules.alert;

import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.FindingApi.FindingCount;
import io.movingdata.core.contract.TelemetryApi.StreamMetrics;
import io.movingdata.core.model.Drift;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.MoveRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which conditions hold. Pure. */
final class AlertRules {
  private static final Set<FindingState> FOR_A_PERSON =
      Set.of(FindingState.CONFLICT, FindingState.UNREPAIRABLE, FindingState.STUCK);

  private AlertRules() {}

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Of the whole stream. */
  static Optional<Condition> stream(StreamMetrics metrics, NodeConfig.Alerts thresholds) {
    double least = thresholds.streamEventsPerMin();
    boolean quiet = metrics.consumerReady() && metrics.perMinute() < least;
    return quiet
        ? Optional.of(
            new Condition(
                "throughput",
                null,
                text("%d events a minute, expected are at least %.0f", metrics.perMinute(), least),
                metrics.perMinute(),
                least))
        : Optional.empty();
  }

  /** Of the price of storage at a location. */
  static Optional<Condition> cost(String location, double perGb, NodeConfig.Alerts thresholds) {
    return perGb > thresholds.costThreshold()
        ? Optional.of(
            new Condition(
                "cost",
                location,
                text(
                    "storage at %s costs %.4f USD per GB and month, more than %.4f",
                    location, perGb, thresholds.costThreshold()),
                perGb,
                thresholds.costThreshold()))
        : Optional.empty();
  }

  /** Of moves that were given up until somebody retries them: at most {@code most} are known. */
  static Optional<Condition> stuckMoves(List<MoveRecord> stuck, int most) {
    int count = stuck.size();
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Condition(
                "stuck_moves",
                null,
                count == 1
                    ? "a move is stuck; it goes on when it is tried again"
                    : text(
                        "%s%d moves are stuck; they go on when they are tried again",
                        count < most ? "" : "at least ", count),
                count,
                0));
  }

  /** Of damage that is not repaired until a person chooses or helps. */
  static Optional<Condition> findings(List<FindingCount> counts) {
    Map<FindingState, Long> waiting = new EnumMap<>(FindingState.class);
    for (FindingCount one : counts) {
      if (FOR_A_PERSON.contains(one.state()) && one.count() > 0) {
        waiting.merge(one.state(), one.count(), Long::sum);
      }
    }
    long all = waiting.values().stream().mapToLong(Long::longValue).sum();
    String each =
        waiting.entrySet().stream()
            .map(one -> one.getValue() + " " + one.getKey().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return all == 0
        ? Optional.empty()
        : Optional.of(
            new Condition(
                "findings",
                null,
                text(
                    all == 1
                        ? "%d finding waits for a person: %s"
                        : "%d findings wait for a person: %s",
                    all,
                    each),
                all,
                0));
  }

  /** Of one file's use. */
  static List<Condition> file(FileInsight insight, NodeConfig.Alerts thresholds) {
    List<Condition> found = new ArrayList<>();
    if (insight.windows() == null) {
      return found;
    }
    double p95 = insight.windows().latencyP95Ms();
    if (p95 > thresholds.latencyP95Ms() && insight.windows().count60m() > 0) {
      found.add(
          new Condition(
              "latency",
              insight.fileId(),
              text(
                  "95 %% of accesses take up to %.0f ms, more than %.0f",
                  p95, thresholds.latencyP95Ms()),
              p95,
              thresholds.latencyP95Ms()));
    }
    int hot = insight.windows().highTempMinutes();
    if (hot >= 3) {
      found.add(
          new Condition(
              "high_temperature",
              insight.fileId(),
              text("%d of the last 10 minutes had high temperature", hot),
              hot,
              3));
    }
    return found;
  }

  /** Of how sure the model was of a file's tier when it was last decided on. */
  static Optional<Condition> confidence(FileInsight insight, NodeConfig.Alerts thresholds) {
    Double said = insight.decision() == null ? null : insight.decision().modelConfidence();
    return said != null && insight.windows() != null && said < thresholds.confidence()
        ? Optional.of(
            new Condition(
                "confidence",
                insight.fileId(),
                text(
                    "the model is %.2f sure of its tier, expected is at least %.2f",
                    said, thresholds.confidence()),
                said,
                thresholds.confidence()))
        : Optional.empty();
  }

  /** Of how far files have drifted from what the model in force learnt from. */
  static Optional<Condition> drift(Drift drift) {
    if (drift == null || !drift.drifted()) {
      return Optional.empty();
    }
    Drift.FeatureDrift most = drift.features().get(0);
    return Optional.of(
        new Condition(
            "drift",
            drift.version(),
            text(
                "files differ from those that model %s learnt from: %s by an index of %.2f, more"
                    + " than %.2f; train again",
                drift.version(), most.feature(), most.psi(), drift.threshold()),
            most.psi(),
            drift.threshold()));
  }
}
