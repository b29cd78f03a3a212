package io.movingdata.consistency.repair;

import io.movingdata.consistency.verify.OrphanCheck;
import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.Requester;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Gives up copies that no file references: they become garbage, and the collector, who asks the
 * catalog once more, deletes them. What is none of ours is never given up.
 */
final class OrphanService {
  /** How many passes must have seen an orphan before it may go. */
  static final int SIGHTINGS = 2;

  private static final String ACCOUNTED = "it is gone, referenced, or on its way to be deleted";

  private final NodeContext node;
  private final Bus bus;
  private final NodeConfig.Consistency config;
  private final OrphanCheck check;
  private final FindingDesk desk;
  private final AuditLog audit;

  OrphanService(NodeContext node, OrphanCheck check, FindingDesk desk, AuditLog audit) {
    this.node = node;
    this.bus = node.bus();
    this.config = node.config().consistency();
    this.check = check;
    this.desk = desk;
    this.audit = audit;
  }

  /** Whether it is an orphan of ours that has been seen often and long enough. */
  boolean ripe(Finding finding) {
    return why(finding) == null;
  }

  /** Why a finding may not be deleted, null where it may. */
  String why(Finding finding) {
    if (finding.kind() != FindingKind.ORPHAN && finding.kind() != FindingKind.DUPLICATE) {
      return "only orphans and duplicates can be deleted";
    }
    if (finding.copyId() == null) {
      return "its key is none of ours: remove it with the provider's own tools";
    }
    if (finding.sightings() < SIGHTINGS) {
      return "it must be seen by " + SIGHTINGS + " passes first";
    }
    Duration grace = Duration.ofMillis(config.orphanGraceMs());
    return finding.firstSeenAt().plus(grace).isAfter(node.clock().instant())
        ? "it has been known for less than " + grace
        : null;
  }

  /** Looks whether an object is still there and still one too many; touches nothing. */
  Future<Outcome> look(Finding finding) {
    return check
        .look(finding.location(), finding.key(), finding.passId())
        .map(still -> still.isEmpty() ? Outcome.gone(ACCOUNTED) : Outcome.waiting(null))
        .otherwise(failure -> Outcome.waiting(failure.getMessage()));
  }

  /** Gives up a copy, unless it is accounted for by now. */
  Future<Finding> discard(Finding finding, Requester by) {
    return check
        .look(finding.location(), finding.key(), finding.passId())
        .compose(
            still ->
                still.isEmpty()
                    ? Future.succeededFuture(Outcome.gone(ACCOUNTED))
                    : bus.request(
                            CatalogApi.DISCARD_COPY,
                            new CatalogApi.DiscardCopy(
                                finding.copyId(),
                                finding.fileId(),
                                finding.location(),
                                "stray",
                                node.config().collector().graceMs()))
                        .map(done -> Outcome.gone(done.discarded() ? null : "it is referenced")))
        .otherwise(failure -> Outcome.again(failure.getMessage()))
        .compose(outcome -> desk.settle(finding, outcome, by.principal()))
        .onSuccess(
            settled ->
                audit.record(
                    by,
                    "orphan.delete",
                    finding.fileId(),
                    finding.location(),
                    settled.state().settled() ? "done" : "failed",
                    finding.key(),
                    null));
  }
}
