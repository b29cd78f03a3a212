package io.movingdata.rules.alert;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.PredictorApi;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Alert;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.state.StateStore;
import io.movingdata.core.state.StateStore.Stored;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps alerts in the catalog. A condition raises its alert once; while it lasts the alert is kept;
 * when it has not been seen for a while the alert is resolved, and raised anew if it comes again.
 */
public final class AlertService {
  private static final String KIND = "alerts";
  private static final int MOST = 1_000;
  private static final int MOST_ACTIVE = 300;
  private static final int MOST_STUCK = 1_000;
  private static final Duration QUIET = Duration.ofMinutes(3);
  private static final RetryPolicy TELLING = new RetryPolicy(6, 1_000, 20_000);
  private static final Duration SEEN_AGAIN = Duration.ofSeconds(30);

  private final Bus bus;
  private final Clock clock;
  private final NodeConfig config;
  private final StateStore<Alert> store;
  private final Webhook webhook;
  private final WebhookSender sender;

  public AlertService(NodeContext node) {
    this(node, TELLING);
  }

  /** {@code retries}: how the webhook is told again. */
  AlertService(NodeContext node, RetryPolicy retries) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.config = node.config();
    this.store = new StateStore<>(bus, clock, KIND, Alert.class);
    this.webhook = Webhook.of(node.vertx(), config.alerts());
    this.sender = new WebhookSender(node, store, webhook, retries);
  }

  /** Carries out {@code RulesApi.ALERTS}. */
  public Future<RulesApi.AlertList> list(RulesApi.AlertQuery query) {
    if (query.limit() < 1 || query.limit() > MOST) {
      throw MovingDataException.invalid("limit", "must be 1 to " + MOST);
    }
    return store
        .list(MOST)
        .map(
            all ->
                new RulesApi.AlertList(
                    all.stream()
                        .map(Stored::value)
                        .filter(
                            alert -> query.state() == null || query.state().equals(alert.state()))
                        .sorted(Comparator.comparing(Alert::raisedAt).reversed())
                        .limit(query.limit())
                        .toList()));
  }

  /** Carries out {@code RulesApi.ACKNOWLEDGE}. */
  public Future<Alert> acknowledge(RulesApi.Acknowledge request) {
    return store
        .get(request.id())
        .compose(
            found -> {
              if (found.isEmpty()) {
                throw MovingDataException.of(ErrorCode.OBJECT_NOT_FOUND, "no alert of this id");
              }
              Alert before = found.get().value();
              if (!before.state().equals(AlertStates.ACTIVE)) {
                return Future.succeededFuture(before);
              }
              return write(
                      found.get().version(),
                      AlertStates.acknowledged(before, request.requester().principal()))
                  .recover(
                      failure ->
                          MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                              ? acknowledge(request)
                              : Future.failedFuture(failure));
            });
  }

  /**
   * Looks at the whole stream, at the model in force, at the locations, and at what waits for a
   * person. Of a part that does not answer nothing is said.
   */
  public Future<Void> lookAround() {
    List<Future<Optional<Condition>>> looks =
        List.of(
            look(
                bus.request(TelemetryApi.METRICS, new TelemetryApi.MetricsQuery(0)),
                metrics -> AlertRules.stream(metrics, config.alerts())),
            look(
                bus.request(PredictorApi.DRIFT, Done.DONE),
                reply -> AlertRules.drift(reply.drift())),
            look(
                bus.request(
                    CatalogApi.LIST_MOVES,
                    new CatalogApi.MoveQuery(MoveState.STUCK, null, null, MOST_STUCK, null)),
                page -> AlertRules.stuckMoves(page.moves(), MOST_STUCK)),
            look(
                bus.request(FindingApi.COUNT_FINDINGS, Done.DONE),
                found -> AlertRules.findings(found.counts())));
    return Future.all(looks)
        .compose(
            all -> {
              List<Condition> holding = new ArrayList<>();
              looks.forEach(one -> one.result().ifPresent(holding::add));
              config
                  .locations()
                  .forEach(
                      place ->
                          AlertRules.cost(place.id(), place.storagePerGbMonth(), config.alerts())
                              .ifPresent(holding::add));
              return see(holding);
            });
  }

  private static <T> Future<Optional<Condition>> look(
      Future<T> asked, Function<T, Optional<Condition>> rule) {
    return asked.map(rule).otherwise(Optional.empty());
  }

  /** Looks at the use of files; {@code judged}: and at how sure the model is of their tiers. */
  public Future<Void> lookAt(List<FileInsight> files, boolean judged) {
    List<Condition> holding = new ArrayList<>();
    for (FileInsight file : files) {
      holding.addAll(AlertRules.file(file, config.alerts()));
      if (judged) {
        AlertRules.confidence(file, config.alerts()).ifPresent(holding::add);
      }
    }
    return see(holding);
  }

  /** Lets go of the webhook. */
  public Future<Void> stop() {
    return webhook == null ? Future.succeededFuture() : webhook.close();
  }

  private Future<Void> see(List<Condition> holding) {
    Map<String, Condition> byId = new LinkedHashMap<>();
    holding.forEach(condition -> byId.put(condition.id(), condition));
    Instant now = clock.instant();
    return store
        .list(MOST)
        .compose(
            all -> {
              sender.look(all);
              List<Future<?>> writes = new ArrayList<>();
              for (Stored<Alert> stored : all) {
                Alert alert = stored.value();
                Condition still = byId.remove(alert.id());
                if (still != null && !AlertStates.resolved(alert)) {
                  if (alert.seenAt().plus(SEEN_AGAIN).isBefore(now)) {
                    writes.add(write(stored.version(), AlertStates.seen(alert, still, now)));
                  }
                } else if (still != null) {
                  writes.add(write(stored.version(), AlertStates.raised(still, now)));
                } else if (!AlertStates.resolved(alert)
                    && alert.seenAt().plus(QUIET).isBefore(now)) {
                  writes.add(write(stored.version(), AlertStates.resolved(alert, now)));
                }
              }
              long active = all.stream().filter(one -> !AlertStates.resolved(one.value())).count();
              for (Condition fresh : byId.values()) {
                if (active++ >= MOST_ACTIVE) {
                  break; // what is wrong with everything is not a thousand alerts
                }
                writes.add(write(0, AlertStates.raised(fresh, now)));
              }
              return Future.join(writes.stream().map(AlertService::orChanged).toList())
                  .<Void>mapEmpty();
            });
  }

  /** What somebody changed since it was read is looked at again the next time. */
  private static Future<?> orChanged(Future<?> write) {
    return write.recover(
        failure ->
            MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                ? Future.succeededFuture()
                : Future.failedFuture(failure));
  }

  private Future<Alert> write(long version, Alert alert) {
    return store
        .put(alert.id(), version, alert)
        .map(alert)
        .onSuccess(
            written -> {
              bus.publish(RulesApi.ALERT, written);
              sender.changed(written);
            });
  }
}
