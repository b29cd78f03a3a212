package io.movingdata.consistency.backup;

import io.movingdata.consistency.backup.Frames.Frame;
import io.movingdata.consistency.tool.CatalogPages;
import io.movingdata.consistency.tool.ContentReader;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Backup;
import io.movingdata.core.model.TimeId;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.core.transfer.TransferContext;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Makes one backup: reads the catalog page by page, and writes the same content to every target,
 * each under its own keys. Belongs to one event-loop context.
 */
final class BackupRun {
  private static final double HEAP_SHARE = 0.05;

  /** Of moves and of the audit trail only what is younger: the rest is long. */
  private static final Duration RECENT = Duration.ofDays(7);

  private final NodeContext node;
  private final Backup backup;
  private final BooleanSupplier mayGoOn;
  private final Frames frames = new Frames();
  private final StorageClient storage;
  private final CatalogPages pages;
  private final List<CopyWriter> copies = new ArrayList<>();
  private long documents;

  /** {@code mayGoOn}: false once another node may have begun another one. */
  BackupRun(NodeContext node, Backup backup, BooleanSupplier mayGoOn) {
    this.node = node;
    this.backup = backup;
    this.mayGoOn = mayGoOn;
    this.storage = new StorageClient(node.bus());
    this.pages = new CatalogPages(node);
    TransferContext context = TransferContext.of(node, storage, HEAP_SHARE);
    String contentId = CopyId.random().value();
    for (LocationConfig location :
        Targets.of(node.config().locations(), node.config().consistency().backup().copies())) {
      copies.add(new CopyWriter(context, location, backup.id(), contentId, backup.startedAt()));
    }
  }

  /** Makes it; answers with what became of it, and fails where it was never whole. */
  Future<Backup> run() {
    return each(copy -> copy.begin(storage))
        .compose(begun -> add(List.of(BackupText.head(backup.id(), backup.startedAt()))))
        .compose(headed -> collection(0))
        .compose(all -> add(List.of(BackupText.end(documents))))
        .compose(added -> onCpu(frames::end))
        .compose(last -> write(last, 0))
        .compose(written -> verify())
        .onFailure(cause -> copies.forEach(copy -> copy.giveUp(cause.getMessage())));
  }

  private Future<Void> each(Function<CopyWriter, Future<Void>> work) {
    return Future.all(copies.stream().map(work).toList()).mapEmpty();
  }

  private <T> Future<T> onCpu(Callable<T> work) {
    return node.cpu().executeBlocking(work, false);
  }

  private Future<Void> collection(int index) {
    if (index == BackupText.COLLECTIONS.size()) {
      return Future.succeededFuture();
    }
    String name = BackupText.COLLECTIONS.get(index);
    Instant recent = backup.startedAt().minus(RECENT);
    String after = CatalogPages.daily(name) ? TimeId.of(recent, "") : null;
    return pages
        .each(
            name,
            after,
            page -> {
              documents += page.size();
              return add(page.stream().map(one -> BackupText.line(name, one)).toList());
            })
        .compose(done -> collection(index + 1));
  }

  private Future<Void> add(List<String> lines) {
    if (!mayGoOn.getAsBoolean()) {
      return Future.failedFuture(
          MovingDataException.of(ErrorCode.CONFLICT, "another node has the turn by now"));
    }
    return onCpu(() -> frames.add(lines)).compose(full -> write(full, 0));
  }

  private Future<Void> write(List<Frame> full, int index) {
    if (index == full.size()) {
      return Future.succeededFuture();
    }
    if (copies.stream().noneMatch(CopyWriter::alive)) {
      return Future.failedFuture(
          MovingDataException.of(ErrorCode.PROVIDER_DOWN, "no location takes it: " + outcomes()));
    }
    return each(copy -> copy.write(full.get(index))).compose(written -> write(full, index + 1));
  }

  private List<Backup.Copy> outcomes() {
    return copies.stream().map(CopyWriter::outcome).toList();
  }

  private Future<Backup> verify() {
    String sha256 = frames.sha256();
    ContentReader reader = new ContentReader(node, storage, HEAP_SHARE);
    return each(copy -> copy.finish(reader, frames.size(), sha256)).map(done -> outcome());
  }

  private Backup outcome() {
    List<Backup.Copy> where = outcomes();
    long verified = where.stream().filter(Backup.Copy::verified).count();
    Backup.State state =
        verified >= Targets.needed(where.size())
            ? Backup.State.VERIFIED
            : verified > 0 ? Backup.State.PARTIAL : Backup.State.FAILED;
    String detail = state == Backup.State.VERIFIED ? "" : verified + " copies are verified";
    return backup.ended(state, node.clock().instant(), documents, frames.size(), where, detail);
  }

  /** The backup as it failed. */
  Backup failed(Throwable cause) {
    return backup.ended(
        Backup.State.FAILED,
        node.clock().instant(),
        documents,
        frames.size(),
        outcomes(),
        String.valueOf(cause.getMessage()));
  }
}
