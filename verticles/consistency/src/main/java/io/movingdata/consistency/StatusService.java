package io.movingdata.consistency;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.movingdata.consistency.pass.PassBook;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.ConsistencyApi.LocationStatus;
import io.movingdata.core.contract.ConsistencyApi.Status;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Pass;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Says how stores and catalog agree, from the passes and the findings that there are. */
final class StatusService {
  private static final long REFRESH_MS = 15_000;

  private final NodeContext node;
  private final Bus bus;
  private final Clock clock;
  private final PassBook book;
  private Status last;
  private long timer = -1;

  StatusService(NodeContext node, PassBook book) {
    this.node = node;
    this.bus = node.bus();
    this.clock = node.clock();
    this.book = book;
  }

  /** Starts keeping the metrics up to date. */
  void start() {
    MeterRegistry meters = node.meters();
    gauge(meters, "movingdata.consistency.findings.open", StatusService::open);
    gauge(meters, "movingdata.consistency.conflicts", s -> s.findings().in(FindingState.CONFLICT));
    gauge(
        meters,
        "movingdata.consistency.unrepairable",
        s -> s.findings().in(FindingState.UNREPAIRABLE, FindingState.STUCK));
    gauge(meters, "movingdata.consistency.repairs", Status::repairs);
    gauge(meters, "movingdata.consistency.oldest.verification.seconds", this::oldest);
    timer = bus.vertx().setPeriodic(REFRESH_MS, fired -> status(Done.DONE));
  }

  private void gauge(MeterRegistry meters, String name, ToDoubleFunction<Status> value) {
    Gauge.builder(
            name, this, self -> self.last == null ? Double.NaN : value.applyAsDouble(self.last))
        .register(meters);
  }

  /** Open findings on copies and objects of ours; mirrors are counted where they are told. */
  private static double open(Status status) {
    return status.findings().counts().stream()
        .filter(c -> c.state() == FindingState.OPEN && c.kind() != FindingKind.MIRROR_DIFFERS)
        .mapToLong(FindingApi.FindingCount::count)
        .sum();
  }

  /**
   * How long ago the copy that was read longest ago was read whole, in seconds; not a number where
   * there is no copy.
   */
  private double oldest(Status status) {
    return status.locations().stream()
        .map(LocationStatus::oldestVerifiedAt)
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .map(at -> Duration.between(at, clock.instant()).toMillis() / 1000.0)
        .orElse(Double.NaN);
  }

  /** Stops. */
  void stop() {
    bus.vertx().cancelTimer(timer);
  }

  /** Carries out {@code ConsistencyApi.STATUS}. */
  Future<Status> status(Done all) {
    Future<List<Pass>> latest = book.latest();
    Future<List<Pass>> past = book.past();
    Future<FindingApi.FindingCounts> counts = bus.request(FindingApi.COUNT_FINDINGS, all);
    Future<CatalogApi.Usage> usage = bus.request(CatalogApi.USAGE, all);
    return Future.all(latest, past, counts, usage)
        .map(
            done -> {
              last =
                  StatusView.of(
                      node.config().locations(),
                      latest.result(),
                      past.result(),
                      counts.result(),
                      Objects.requireNonNull(usage.result()));
              return last;
            });
  }
}
