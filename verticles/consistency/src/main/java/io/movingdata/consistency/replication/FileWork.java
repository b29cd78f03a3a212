package io.movingdata.consistency.replication;

import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.replication.ReplicationPlan;
import io.movingdata.core.replication.ReplicationPlanner;
import io.movingdata.core.replication.ReplicationPolicy;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one file needs, and having it done among a bounded number of others. */
final class FileWork {
  private static final Logger LOG = LoggerFactory.getLogger(FileWork.class);

  private final ReplicationPlanner planner;
  private final CopyPump pump;
  private final Copier copier;
  private final SweepBook book;

  /** {@code missed}: hears of files that changed while they were worked on. */
  FileWork(NodeContext node, SweepBook book, BooleanSupplier stopped, Consumer<String> missed) {
    this.planner = new ReplicationPlanner(node.config().locations());
    this.pump = new CopyPump(node.config().replication().inFlight(), missed);
    this.copier = new Copier(node.bus(), stopped);
    this.book = book;
  }

  /** How many files are being worked on. */
  int active() {
    return pump.active();
  }

  /** Completes when what the file needs has begun, or where it needs nothing. */
  Future<Void> examine(ReplicationPolicy policy, FileRecord file) {
    ReplicationPlan plan = planner.plan(policy, file);
    // A copy that is there and bad is the repair's to replace.
    List<String> targets =
        plan.lacking().stream()
            .filter(place -> file.replicas().stream().noneMatch(r -> r.location().equals(place)))
            .toList();
    book.change(state -> state.found(plan.lacking().size()));
    if (!targets.isEmpty()) {
      return pump.start(file.id(), () -> copies(file, targets));
    }
    boolean prunes = policy.prune() && plan.satisfied() && !plan.surplus().isEmpty();
    return prunes ? pump.start(file.id(), () -> prune(file, plan)) : Future.succeededFuture();
  }

  private Future<Void> copies(FileRecord file, List<String> targets) {
    Future<Void> before = Future.succeededFuture();
    for (String target : targets) {
      before = before.compose(done -> copy(file, target));
    }
    return before;
  }

  /** Never fails: a copy that could not be made is counted, and tried again in the next sweep. */
  private Future<Void> copy(FileRecord file, String target) {
    return copier
        .copy(file, target)
        .onSuccess(
            outcome -> {
              if (outcome == Copier.Outcome.MADE) {
                book.change(SweepState::made);
              }
            })
        .onFailure(failure -> failed(target, failure))
        .transform(done -> Future.succeededFuture());
  }

  private Future<Void> prune(FileRecord file, ReplicationPlan plan) {
    return copier
        .prune(file, plan)
        .onSuccess(
            removed -> {
              for (int i = 0; i < removed; i++) {
                book.change(SweepState::removed);
              }
            })
        .onFailure(failure -> failed(file.primary(), failure))
        .transform(done -> Future.succeededFuture());
  }

  private void failed(String location, Throwable failure) {
    LOG.info("a copy at {} waits for the next sweep: {}", location, failure.getMessage());
    book.change(state -> state.failed(location + ": " + failure.getMessage()));
  }
}
