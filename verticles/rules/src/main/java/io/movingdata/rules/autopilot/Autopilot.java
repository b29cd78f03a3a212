package io.movingdata.rules.autopilot;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.rules.alert.AlertService;
import io.movingdata.rules.book.RuleBook;
import io.movingdata.rules.decide.EvaluationService;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps over all files, one node at a time. In mode {@code advise}, the default, decisions are
 * written and shown; in mode {@code auto} the moves that pay are started in the name of {@code
 * autopilot} with the role {@code system}; in mode {@code off} nothing is decided, and alerts are
 * raised all the same.
 */
public final class Autopilot {
  private static final Logger LOG = LoggerFactory.getLogger(Autopilot.class);
  private static final long INTERVAL_MS = 15_000;
  private static final Duration TURN = Duration.ofSeconds(60);
  private static final int PINS = 100;
  private static final Set<String> MODES = Set.of(Ledger.OFF, Ledger.ADVISE, Ledger.AUTO);

  private final Bus bus;
  private final Clock clock;
  private final String self;
  private final RuleBook rules;
  private final AlertService alerts;
  private final AuditLog audit;
  private final LedgerStore ledgers;
  private final Sweep sweep;
  private Future<Void> round = Future.succeededFuture();
  private boolean stopped;
  private long timer = -1;

  public Autopilot(
      NodeContext node,
      RuleBook rules,
      EvaluationService evaluation,
      AlertService alerts,
      AuditLog audit) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.self = node.config().node().id();
    this.rules = rules;
    this.alerts = alerts;
    this.audit = audit;
    this.ledgers = new LedgerStore(node);
    this.sweep = new Sweep(bus, evaluation, alerts, new Mover(node, ledgers, audit, () -> stopped));
  }

  /** Starts sweeping. */
  public void start() {
    timer = bus.vertx().setPeriodic(INTERVAL_MS, fired -> begin());
  }

  /** Carries out {@code RulesApi.GET_AUTOPILOT}. */
  public Future<RulesApi.Autopilot> get(Done all) {
    return ledgers.get().compose(this::view);
  }

  private Future<RulesApi.Autopilot> view(LedgerStore.Versioned found) {
    Ledger now = found.ledger().at(clock.instant());
    return bus.request(InsightApi.PINNED, new InsightApi.PinQuery(PINS))
        .map(
            pins ->
                new RulesApi.Autopilot(
                    now.mode(),
                    found.version(),
                    now.sweptAt(),
                    now.swept(),
                    now.moves(),
                    now.usd(),
                    now.gb(),
                    pins.total(),
                    pins.pins()));
  }

  /** Carries out {@code RulesApi.PUT_AUTOPILOT}. */
  public Future<RulesApi.Autopilot> put(RulesApi.PutAutopilot request) {
    if (!MODES.contains(request.mode())) {
      throw MovingDataException.invalid("mode", "must be off, advise or auto");
    }
    return ledgers
        .change(ledger -> Optional.of(ledger.mode(request.mode())))
        .compose(changed -> view(changed.orElseThrow()))
        .onSuccess(
            done ->
                audit.record(
                    request.requester(),
                    "autopilot." + request.mode(),
                    null,
                    null,
                    "done",
                    null,
                    null));
  }

  /** Sweeps once, where no sweep runs here and it is this node's turn. */
  Future<Void> begin() {
    if (stopped || !round.isComplete()) {
      return round;
    }
    round =
        alerts
            .lookAround()
            .otherwiseEmpty()
            .compose(done -> takeTurn())
            .compose(mine -> mine.isPresent() ? sweep(mine.get()) : Future.<Void>succeededFuture())
            .onFailure(failure -> LOG.debug("no sweep: {}", failure.getMessage()))
            .otherwiseEmpty();
    return round;
  }

  private Future<Void> sweep(Ledger turn) {
    return rules
        .current()
        .compose(set -> sweep.run(set, turn, this::takeTurn))
        .compose(
            swept ->
                swept.isEmpty()
                    ? Future.succeededFuture()
                    : ledgers
                        .change(l -> Optional.of(l.sweptAt(clock.instant(), swept.get())))
                        .mapEmpty());
  }

  /** The ledger as it is while it is this node's turn; empty where it is another's. */
  private Future<Optional<Ledger>> takeTurn() {
    Instant now = clock.instant();
    return ledgers
        .change(
            ledger ->
                stopped || ledger.taken(self, now)
                    ? Optional.empty()
                    : Optional.of(ledger.heldBy(self, now.plus(TURN))))
        .map(mine -> mine.map(LedgerStore.Versioned::ledger));
  }

  /** Ends after the page under way. */
  public Future<Void> stop() {
    stopped = true;
    bus.vertx().cancelTimer(timer);
    return round;
  }
}
