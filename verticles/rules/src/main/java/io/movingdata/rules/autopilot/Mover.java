package io.movingdata.rules.autopilot;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Decision;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.RuleSet;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts moves that were decided, one after the other, as long as the mode and the budgets allow
 * it: what a move costs is taken from them before it is started.
 */
final class Mover {
  private static final Logger LOG = LoggerFactory.getLogger(Mover.class);
  private static final double GIB = 1024.0 * 1024 * 1024;
  private static final int PRIORITY = 2;
  private static final Requester SELF = new Requester("autopilot", List.of("system"), "autopilot");

  private final Bus bus;
  private final Clock clock;
  private final LedgerStore ledgers;
  private final AuditLog audit;
  private final BooleanSupplier stopped;

  Mover(NodeContext node, LedgerStore ledgers, AuditLog audit, BooleanSupplier stopped) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.ledgers = ledgers;
    this.audit = audit;
    this.stopped = stopped;
  }

  /** Starts those that fit; the rest waits for the next sweep. */
  Future<Void> start(RuleSet set, List<FileRecord> files, Map<String, Decision> decisions) {
    if (files.isEmpty() || stopped.getAsBoolean()) {
      return Future.succeededFuture();
    }
    FileRecord file = files.get(0);
    Decision decision = decisions.get(file.id());
    double gb = file.sizeBytes() / GIB;
    Instant now = clock.instant();
    AtomicBoolean over = new AtomicBoolean();
    return ledgers
        .change(
            ledger -> {
              Ledger present = ledger.at(now);
              over.set(!present.mode().equals(Ledger.AUTO) || !present.allows(set, 0, 0));
              boolean may = !over.get() && present.allows(set, decision.moveCost(), gb);
              return may ? Optional.of(present.started(decision.moveCost(), gb)) : Optional.empty();
            })
        .compose(allowed -> allowed.isEmpty() ? Future.succeededFuture() : submit(file, decision))
        // One that does not fit may be followed by a smaller one that does.
        .compose(
            done ->
                over.get()
                    ? Future.succeededFuture()
                    : start(set, files.subList(1, files.size()), decisions));
  }

  private Future<Void> submit(FileRecord file, Decision decision) {
    return bus.request(
            MoverApi.SUBMIT,
            new MoverApi.Submit(file.id(), decision.target(), MoveKind.MOVE, PRIORITY, SELF))
        .onSuccess(
            ticket ->
                audit.record(
                    SELF,
                    "autopilot.move",
                    file.id(),
                    decision.target(),
                    "done",
                    decision.source() + ": " + String.join("; ", decision.reasons()),
                    ticket.move() == null ? null : ticket.move().moveId()))
        .onFailure(failure -> LOG.info("a move was not started: {}", failure.getMessage()))
        .transform(done -> Future.succeededFuture());
  }
}
