package io.movingdata.consistency.replication;

import io.micrometer.core.instrument.Gauge;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.replication.ReplicationPlanner;
import io.movingdata.core.replication.ReplicationPolicy;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far copies are behind the policy: how many files wait for a copy, and since when the one that
 * waits longest does, which is its last change or the policy's. All files are counted, a page at a
 * time, by the node that has the turn; on others the metrics are not a number. Counting takes a
 * twentieth of the time at most.
 */
final class LagMeter {
  private static final Logger LOG = LoggerFactory.getLogger(LagMeter.class);
  private static final int PAGE = 1000;
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(5);
  private static final int PAUSES = 20;

  private final Bus bus;
  private final Clock clock;
  private final ReplicationPlanner planner;
  private final BooleanSupplier stopped;
  private Lag known;
  private Instant nextAt = Instant.MIN;
  private Future<?> walk = Future.succeededFuture();

  /** So many files wait; {@code since} null where none does. */
  private record Lag(long files, Instant since) {
    static final Lag NONE = new Lag(0, null);

    Lag with(Instant waiting) {
      return new Lag(files + 1, since == null || waiting.isBefore(since) ? waiting : since);
    }

    double seconds(Instant now) {
      return since == null ? 0 : Math.max(0, Duration.between(since, now).toMillis()) / 1000.0;
    }
  }

  LagMeter(NodeContext node, BooleanSupplier stopped) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.planner = new ReplicationPlanner(node.config().locations());
    this.stopped = stopped;
    gauge(node, "movingdata.replication.files.waiting", Lag::files);
    gauge(node, "movingdata.replication.lag.seconds", lag -> lag.seconds(clock.instant()));
  }

  private void gauge(NodeContext node, String name, ToDoubleFunction<Lag> value) {
    Gauge.builder(
            name, this, self -> self.known == null ? Double.NaN : value.applyAsDouble(self.known))
        .register(node.meters());
  }

  /** Another node counts. */
  void leave() {
    known = null;
    nextAt = Instant.MIN;
  }

  /** Nothing is wanted, so nothing waits. */
  void rest() {
    known = Lag.NONE;
    nextAt = Instant.MIN;
  }

  /** Counts, unless it was done a short while ago. */
  void look(ReplicationPolicy policy) {
    if (!walk.isComplete() || clock.instant().isBefore(nextAt)) {
      return;
    }
    Instant began = clock.instant();
    walk =
        page(policy, null, Lag.NONE)
            .onSuccess(lag -> known = stopped.getAsBoolean() ? null : lag)
            .onFailure(failure -> LOG.debug("not counted: {}", failure.getMessage()))
            .otherwiseEmpty()
            .onComplete(done -> nextAt = next(began, clock.instant()));
  }

  private static Instant next(Instant began, Instant ended) {
    Duration pause = Duration.between(began, ended).multipliedBy(PAUSES);
    return ended.plus(pause.compareTo(LEAST_PAUSE) > 0 ? pause : LEAST_PAUSE);
  }

  private Future<Lag> page(ReplicationPolicy policy, String cursor, Lag before) {
    return bus.request(
            CatalogApi.LIST_FILES,
            new CatalogApi.FileQuery(null, null, null, "id", PAGE, cursor, false))
        .compose(
            page -> {
              Lag lag = before;
              for (FileRecord file : page.files()) {
                lag =
                    planner.plan(policy, file).lacking().isEmpty()
                        ? lag
                        : lag.with(since(policy, file));
              }
              return page.next() == null || stopped.getAsBoolean()
                  ? Future.succeededFuture(lag)
                  : page(policy, page.next(), lag);
            });
  }

  private static Instant since(ReplicationPolicy policy, FileRecord file) {
    return Stream.ofNullable(policy.updatedAt())
        .filter(changed -> changed.isAfter(file.updatedAt()))
        .findFirst()
        .orElse(file.updatedAt());
  }
}
