package io.movingdata.consistency.backup;

import io.movingdata.consistency.rebuild.FileWriter;
import io.movingdata.consistency.rebuild.Known;
import io.movingdata.consistency.rebuild.LeftOut;
import io.movingdata.consistency.rebuild.RebuildPlan;
import io.movingdata.consistency.rebuild.StoreContents;
import io.movingdata.consistency.rebuild.Tiers;
import io.movingdata.consistency.tool.CatalogPages;
import io.movingdata.consistency.tool.Progress;
import io.movingdata.core.contract.DumpApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * One restore, into an empty catalog: what the backup says, set right by what lies in the stores
 * now. A file that was moved since is where it is; one that is newer than the backup is as a
 * rebuild would find it.
 */
final class Restore {
  private static final Duration TIME = Duration.ofSeconds(60);

  private final NodeContext node;
  private final boolean dryRun;
  private final PrintStream err;
  private final BackupShelf shelf;
  private final List<Found> again = new ArrayList<>();
  private Remembered remembered;
  private DocumentWriter documents;

  Restore(NodeContext node, boolean dryRun, PrintStream err) {
    this.node = node;
    this.dryRun = dryRun;
    this.err = err;
    this.shelf = new BackupShelf(node, err);
  }

  /** Restores from the first of a backup's copies that is whole. */
  Future<RestoreReport> run(List<Found> copies) {
    return new CatalogPages(node)
        .requireEmpty()
        .compose(empty -> shelf.read(copies, this::remember))
        .compose(
            copy -> {
              again.add(copy);
              copies.stream().filter(one -> !one.equals(copy)).forEach(again::add);
              return reconciled(copy, remembered.known());
            });
  }

  private BackupText.Listener remember() {
    remembered = new Remembered();
    return remembered;
  }

  private Future<RestoreReport> reconciled(Found copy, Known known) {
    StoreContents stores = new StoreContents(node, known);
    FileWriter writer = new FileWriter(node);
    Progress progress =
        Progress.start(
            node.vertx(),
            err,
            () -> "restore: " + stores.progress() + ", " + writer.written() + " files written");
    List<String> locations = Tiers.hottestFirst(node.config().locations());
    return stores
        .read(locations)
        .compose(read -> planned(stores, locations, known))
        .compose(plan -> written(writer, plan).map(counts -> report(copy, stores, plan, counts)))
        .onComplete(done -> progress.stop());
  }

  private Future<RebuildPlan> planned(StoreContents stores, List<String> locations, Known known) {
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
                    known,
                    node.clock().instant()),
            false);
  }

  private Future<Map<String, Long>> written(FileWriter writer, RebuildPlan plan) {
    if (dryRun) {
      return Future.succeededFuture(Map.of());
    }
    Set<String> ids = plan.files().stream().map(FileRecord::id).collect(Collectors.toSet());
    return writer
        .write(plan.files())
        .compose(
            files ->
                shelf.read(
                    again,
                    () -> {
                      documents = new DocumentWriter(ids, this::put);
                      return documents;
                    }))
        .compose(
            read ->
                node.vertx()
                    .executeBlocking(
                        () -> {
                          documents.flush();
                          return documents.counts();
                        }));
  }

  /** Waits, on a worker thread: the backup is read no faster than it can be written. */
  private void put(String collection, List<String> batch) {
    DumpApi.Documents request = new DumpApi.Documents(collection, batch);
    try {
      Retries.run(
              node.vertx(),
              RetryPolicy.BUS,
              () -> node.bus().request(DumpApi.RESTORE, request, TIME))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  private RestoreReport report(
      Found copy, StoreContents stores, RebuildPlan plan, Map<String, Long> counts) {
    List<LeftOut> leftOut = new ArrayList<>(stores.leftOut());
    leftOut.addAll(plan.leftOut());
    leftOut.sort(Comparator.comparing(LeftOut::location).thenComparing(LeftOut::key));
    return new RestoreReport(
        dryRun,
        copy.id(),
        remembered.at(),
        copy.location(),
        plan.files().size(),
        counts,
        plan.changes(),
        stores.bytesRead(),
        leftOut);
  }
}
