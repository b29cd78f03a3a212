package io.movingdata.rules.book;

import io.movingdata.core.bus.Done;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.RuleSet;
import io.movingdata.core.state.StateStore;
import io.movingdata.core.state.StateStore.Stored;
import io.movingdata.rules.decide.RuleCheck;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules in force: those of the configuration until others are put in their place. Every version
 * is kept under its number; the document {@code current} is the one in force.
 */
public final class RuleBook {
  private static final String KIND = "rules";
  private static final String CURRENT = "current";

  private final StateStore<RuleSet> store;
  private final Clock clock;
  private final RuleSet configured;

  /** {@code configured}: rules that are in force while the catalog holds none. */
  public RuleBook(NodeContext node, RuleSet configured) {
    this.store = new StateStore<>(node.bus(), node.clock(), KIND, RuleSet.class);
    this.clock = node.clock();
    this.configured = configured;
  }

  /**
   * Rules from the text of the file, with thresholds that it leaves out from the variables.
   *
   * @throws IllegalArgumentException or {@link MovingDataException} saying what is wrong
   */
  public static RuleSet configured(String text, NodeConfig.Alerts alerts) {
    RuleSet file = Json.fromBuffer(Buffer.buffer(text), RuleSet.class);
    return RuleCheck.check(
        with(
            file,
            0,
            file.sloLatencyP95Ms() == 0 ? alerts.latencyP95Ms() : file.sloLatencyP95Ms(),
            file.minConfidence() == 0 ? alerts.confidence() : file.minConfidence(),
            null,
            null));
  }

  private static RuleSet with(
      RuleSet rules, long version, double slo, double confidence, String by, Instant at) {
    return new RuleSet(
        version,
        slo,
        rules.highTempMinutes(),
        rules.warmDropRatio(),
        confidence,
        rules.coldMaxFreqPerDay(),
        rules.coldMinDaysSinceAccess(),
        rules.costPressureRatio(),
        rules.horizonDays(),
        rules.hysteresis(),
        rules.minStayDays(),
        rules.maxMovesPerHour(),
        rules.budgetUsdPerDay(),
        rules.budgetGbPerDay(),
        by,
        at);
  }

  /** Carries out {@code RulesApi.GET_RULES}. */
  public Future<RuleSet> get(Done all) {
    return current();
  }

  /** The rules in force. */
  public Future<RuleSet> current() {
    return store.get(CURRENT).map(found -> found.map(Stored::value).orElse(configured));
  }

  /** Carries out {@code RulesApi.PUT_RULES}. */
  public Future<RuleSet> put(RulesApi.PutRules request) {
    RuleSet wanted = RuleCheck.check(request.rules());
    return store.get(CURRENT).compose(before -> replace(request, wanted, before));
  }

  private Future<RuleSet> replace(
      RulesApi.PutRules request, RuleSet wanted, Optional<Stored<RuleSet>> before) {
    long present = before.map(one -> one.value().version()).orElse(0L);
    if (wanted.version() != present) {
      throw MovingDataException.of(
          ErrorCode.VERSION_CONFLICT, "version " + present + " is in force; read it again");
    }
    RuleSet next =
        with(
            wanted,
            present + 1,
            wanted.sloLatencyP95Ms(),
            wanted.minConfidence(),
            request.requester().principal(),
            clock.instant());
    return store
        .put(CURRENT, before.map(Stored::version).orElse(0L), next)
        .compose(done -> store.put("v" + next.version(), 0, next))
        .map(next);
  }
}
