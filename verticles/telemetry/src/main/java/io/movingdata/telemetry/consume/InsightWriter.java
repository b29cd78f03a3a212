package io.movingdata.telemetry.consume;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.contract.InsightApi.Use;
import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.contract.TelemetryApi.Anomaly;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileWindows;
import io.movingdata.telemetry.consume.PartitionState.Tracked;
import io.movingdata.telemetry.window.ShiftDetector;
import io.movingdata.telemetry.window.Usage;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings windows and histories into the catalog every two seconds, and looks for anomalies. */
final class InsightWriter {
  private static final Logger LOG = LoggerFactory.getLogger(InsightWriter.class);
  private static final long INTERVAL_MS = 2_000;
  private static final int PAGE = 200;
  private static final int MOST_FILES = 4_000;
  private static final long TOLD_AGAIN_MS = 60_000;

  private record Write(String fileId, Tracked file) {}

  private final Bus bus;
  private final Clock clock;
  private final Map<Integer, PartitionState> partitions;
  private final StreamFigures figures;
  private final Map<String, Instant> told = new HashMap<>();
  private Future<Void> writing = Future.succeededFuture();
  private long timer = -1;

  InsightWriter(NodeContext node, Map<Integer, PartitionState> partitions, StreamFigures figures) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.partitions = partitions;
    this.figures = figures;
  }

  void start() {
    timer = bus.vertx().setPeriodic(INTERVAL_MS, fired -> write());
  }

  private Future<Void> write() {
    if (!writing.isComplete()) {
      return writing;
    }
    Instant now = clock.instant();
    Usage whole = figures.whole(now);
    tell(ShiftDetector.find(null, whole, whole.windows(now), now));
    told.values().removeIf(at -> at.isBefore(now.minusMillis(TOLD_AGAIN_MS)));
    List<Write> due = new ArrayList<>();
    for (PartitionState state : partitions.values()) {
      state.forgetIdle(now);
      state.files().entrySet().stream()
          .filter(entry -> entry.getValue().due(now))
          .limit(MOST_FILES - due.size())
          .forEach(entry -> due.add(new Write(entry.getKey(), entry.getValue())));
    }
    writing =
        page(due, 0)
            .onFailure(failure -> LOG.debug("windows wait: {}", failure.getMessage()))
            .otherwiseEmpty();
    return writing;
  }

  private Future<Void> page(List<Write> due, int from) {
    if (from >= due.size()) {
      return Future.succeededFuture();
    }
    List<Write> page = due.subList(from, Math.min(due.size(), from + PAGE));
    Instant now = clock.instant();
    List<Use> uses = page.stream().map(write -> use(write, now)).toList();
    return bus.request(InsightApi.SAVE_WINDOWS, new InsightApi.WindowBatch(uses))
        .onFailure(failure -> page.forEach(write -> write.file().changed = true))
        .compose(
            saved -> {
              page.forEach(write -> write.file().savedAt = now);
              return page(due, from + PAGE);
            });
  }

  private Use use(Write write, Instant now) {
    FileWindows windows = write.file().usage.windows(now);
    write.file().changed = false;
    tell(ShiftDetector.find(write.fileId(), write.file().usage, windows, now));
    return new Use(write.fileId(), write.file().usage.history(), windows, now);
  }

  /** The same anomaly is told once a minute while it lasts. */
  private void tell(List<Anomaly> found) {
    for (Anomaly one : found) {
      figures.anomaly(one.at());
      if (told.putIfAbsent(one.kind() + " " + one.fileId(), one.at()) == null) {
        LOG.info("anomaly: {} {} (usual {})", one.kind(), one.value(), one.usual());
        bus.publish(TelemetryApi.ANOMALY, one);
      }
    }
  }

  /** Saves what has changed a last time. */
  Future<Void> stop() {
    bus.vertx().cancelTimer(timer);
    return writing.compose(done -> write());
  }
}
