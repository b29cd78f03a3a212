package io.movingdata.consistency.repair;

import io.movingdata.consistency.pass.PassBook;
import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Requester;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on open findings, one after another, wherever the {@link RepairGate} is open. */
public final class Repairs {
  private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);
  private static final Requester SELF = new Requester("consistency", List.of("system"), null);
  private static final int PAGE = 100;

  private final Bus bus;
  private final NodeConfig.Consistency config;
  private final PassBook book;
  private final FindingDesk desk;
  private final RepairService repairs;
  private final OrphanService orphans;
  private final AuditLog audit;
  private final Recheck recheck;
  private Future<?> round = Future.succeededFuture();
  private long timer = -1;
  private boolean stopped;

  Repairs(
      NodeContext node,
      PassBook book,
      FindingDesk desk,
      RepairService repairs,
      OrphanService orphans,
      AuditLog audit) {
    this.bus = node.bus();
    this.config = node.config().consistency();
    this.book = book;
    this.desk = desk;
    this.repairs = repairs;
    this.orphans = orphans;
    this.audit = audit;
    this.recheck = new Recheck(desk, repairs, orphans, SELF.principal());
  }

  /** Starts looking for open findings. */
  void start() {
    timer = bus.vertx().setPeriodic(config.pollMs(), fired -> round());
  }

  /** Stops after the one in hand. */
  void stop() {
    stopped = true;
    bus.vertx().cancelTimer(timer);
  }

  private void round() {
    if (stopped || !round.isComplete()) {
      return;
    }
    round =
        Future.all(book.latest(), book.past())
            .map(known -> new RepairGate(known.resultAt(0), known.resultAt(1)))
            .compose(
                gate ->
                    desk.due(List.of(FindingState.OPEN), PAGE)
                        .compose(open -> inTurn(gate, open, 0))
                        .compose(worked -> recheck.after(gate.latest())))
            .onFailure(failure -> LOG.debug("nothing is repaired: {}", failure.getMessage()))
            .otherwiseEmpty();
  }

  private Future<Void> inTurn(RepairGate gate, List<Finding> open, int index) {
    if (stopped || index == open.size()) {
      return Future.succeededFuture();
    }
    return work(gate, open.get(index)).compose(done -> inTurn(gate, open, index + 1));
  }

  private Future<?> work(RepairGate gate, Finding finding) {
    if (finding.kind().ofReplica()) {
      return gate.open(finding)
          ? desk.take(finding)
              .compose(
                  taken ->
                      taken.isEmpty()
                          ? Future.succeededFuture()
                          : attempt(taken.get(), false, SELF))
          : Future.succeededFuture();
    }
    return config.deleteOrphans() && orphans.ripe(finding)
        ? desk.take(finding)
            .compose(
                taken ->
                    taken.isEmpty() ? Future.succeededFuture() : orphans.discard(taken.get(), SELF))
        : Future.succeededFuture();
  }

  /** Tries to repair a finding that is ours for now, and writes down what came of it. */
  Future<Finding> attempt(Finding finding, boolean byChoice, Requester by) {
    return repairs
        .repair(finding, byChoice)
        .compose(outcome -> desk.settle(finding, outcome, by.principal()))
        .onSuccess(settled -> tell(settled, by));
  }

  private void tell(Finding finding, Requester by) {
    LOG.info(
        "finding {}: {} at {} of {} is {}{}",
        finding.id(),
        finding.kind(),
        finding.location(),
        finding.key(),
        finding.state(),
        finding.lastError() == null ? "" : ": " + finding.lastError());
    audit.record(
        by,
        "copy.repair",
        finding.fileId(),
        finding.location(),
        finding.state() == FindingState.REPAIRED ? "done" : "failed",
        finding.detail(),
        null);
  }
}
