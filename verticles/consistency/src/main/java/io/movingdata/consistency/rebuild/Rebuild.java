package io.movingdata.consistency.rebuild;

import io.movingdata.consistency.tool.CatalogPages;
import io.movingdata.consistency.tool.Progress;
import io.movingdata.core.launch.NodeContext;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One rebuild, into an empty catalog. All stores are read before the first file is written: while
 * one is away, nothing is.
 */
final class Rebuild {
  private final NodeContext node;
  private final boolean dryRun;
  private final PrintStream err;

  Rebuild(NodeContext node, boolean dryRun, PrintStream err) {
    this.node = node;
    this.dryRun = dryRun;
    this.err = err;
  }

  /** Runs it; fails where the catalog is not empty, or a store does not answer. */
  Future<RebuildReport> run() {
    StoreContents stores = new StoreContents(node, Known.NOTHING);
    FileWriter writer = new FileWriter(node);
    Progress progress =
        Progress.start(
            node.vertx(),
            err,
            () -> "rebuild: " + stores.progress() + ", " + writer.written() + " files written");
    List<String> locations = Tiers.hottestFirst(node.config().locations());
    return new CatalogPages(node)
        .requireEmpty()
        .compose(empty -> stores.read(locations))
        .compose(read -> planned(stores, locations))
        .compose(
            plan -> {
              List<LeftOut> leftOut = new ArrayList<>(stores.leftOut());
              leftOut.addAll(plan.leftOut());
              Future<Void> written = dryRun ? Future.succeededFuture() : writer.write(plan.files());
              return written.map(done -> RebuildReport.of(dryRun, stores, plan.files(), leftOut));
            })
        .onComplete(done -> progress.stop());
  }

  private Future<RebuildPlan> planned(StoreContents stores, List<String> locations) {
    return node.cpu()
        .executeBlocking(
            () ->
                RebuildPlan.of(
                    stores.found(),
                    locations,
                    id ->
                        node.policy()
                            .get()
                            .describe(id, node.config().requireLocation(id).keyring()),
                    Known.NOTHING,
                    node.clock().instant()),
            false);
  }
}
