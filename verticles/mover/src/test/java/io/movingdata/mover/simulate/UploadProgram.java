package io.movingdata.mover.simulate;

import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.ObjectLayout;
import io.movingdata.core.transfer.StoredCopy;
import io.movingdata.mover.simulate.Step.Command;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** An upload as the gateway carries it out: intent, bytes, placement; given up where that fails. */
final class UploadProgram {
  private static final int MOST_TRIES = 20;

  /** One token, one frame and a bit, two frames and a bit. */
  private static final long[] SIZES = {900, 9_000_000, 17_000_000};

  private final Product product;
  private final Command command;
  private final CopyIntent intent;
  private boolean recorded;
  private Throwable unknown;

  UploadProgram(Product product, Command command) {
    this.product = product;
    this.command = command;
    String copyId = CopyId.random().value();
    Instant now = product.node.clock().instant();
    this.intent =
        new CopyIntent(
            copyId,
            0,
            command.file(),
            String.format(Locale.ROOT, "%032x", command.content()),
            command.location(),
            PhysicalKey.of(command.file(), copyId),
            new ObjectLayout(size()).format(),
            product.node.config().locations().get(0).keyring().encryptionKey().keyId(),
            now.getEpochSecond(),
            "upload",
            product.node.config().node().id(),
            null,
            0,
            false,
            now);
  }

  /** What stands for a content's digest. */
  static String sha256(int content) {
    return String.format(Locale.ROOT, "%064x", content);
  }

  private long size() {
    return SIZES[command.content() % SIZES.length];
  }

  Future<FileRecord> run() {
    return read().compose(this::store).recover(this::undo);
  }

  private Future<FileRecord> read() {
    return product
        .node
        .bus()
        .request(CatalogApi.GET_FILE, new CatalogApi.GetFile(command.file(), false))
        .map(CatalogApi.FileReply::file);
  }

  private Future<FileRecord> store(FileRecord before) {
    recorded = true;
    return retried(() -> product.node.bus().request(CatalogApi.OPEN_COPY, intent))
        .compose(
            opened ->
                product.transfers.store(
                    intent,
                    size(),
                    null,
                    this::durable,
                    () -> Future.succeededFuture(sha256(command.content()))))
        .compose(stored -> place(replica(stored), before, 1));
  }

  private Future<Void> durable(long bytes, String token) {
    CatalogApi.CopyProgress progress =
        new CatalogApi.CopyProgress(intent.copyId(), intent.owner(), token, bytes);
    return product.node.bus().request(CatalogApi.COPY_PROGRESS, progress).mapEmpty();
  }

  private Future<FileRecord> place(Replica copy, FileRecord before, int tried) {
    CatalogApi.Place place =
        new CatalogApi.Place(
            after(copy, before),
            before == null ? 0 : before.version(),
            copy.copyId(),
            before == null ? "uploaded" : "overwritten",
            product.node.config().collector().graceMs());
    return Retries.run(
            product.node.vertx(),
            RetryPolicy.BUS,
            failure -> MovingDataException.isRetryable(failure) && !conflict(failure),
            () -> product.node.bus().request(CatalogApi.PLACE, place).onFailure(this::note))
        .map(CatalogApi.FileReply::file)
        .recover(
            failure ->
                conflict(failure) && tried < MOST_TRIES
                    ? read().compose(present -> place(copy, present, tried + 1))
                    : Future.failedFuture(failure));
  }

  /** After a placement of unknown outcome a refusal of the next one says nothing. */
  private void note(Throwable failure) {
    if (MovingDataException.is(failure, ErrorCode.SERVICE_TIMEOUT)) {
      unknown = failure;
    }
  }

  private static boolean conflict(Throwable failure) {
    return MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT);
  }

  private FileRecord after(Replica copy, FileRecord before) {
    Instant now = product.node.clock().instant();
    return new FileRecord(
        command.file(),
        0,
        intent.contentId(),
        size(),
        sha256(command.content()),
        "text/plain",
        copy.location(),
        List.of(copy),
        List.of(),
        null,
        before == null ? now : before.createdAt(),
        now,
        before == null ? null : before.lastMovedAt(),
        before == null ? null : before.lastMove(),
        null,
        false);
  }

  private Replica replica(StoredCopy stored) {
    return new Replica(
        intent.location(),
        intent.key(),
        intent.format(),
        intent.copyId(),
        intent.createdAtS(),
        intent.keyId(),
        stored.bytes(),
        stored.etag(),
        stored.checksum(),
        ReplicaState.VERIFIED,
        product.node.clock().instant());
  }

  /** An upload whose outcome was unknown may turn out to be in place, or to have been moved on. */
  private Future<FileRecord> undo(Throwable failure) {
    if (!recorded) {
      return Future.failedFuture(failure);
    }
    CatalogApi.DiscardCopy discard =
        new CatalogApi.DiscardCopy(
            intent.copyId(),
            command.file(),
            intent.location(),
            "abandoned",
            product.node.config().collector().graceMs());
    return retried(() -> product.node.bus().request(CatalogApi.DISCARD_COPY, discard))
        .compose(discarded -> read())
        .recover(unreadable -> Future.succeededFuture())
        .compose(
            present ->
                present != null && present.contentId().equals(intent.contentId())
                    ? Future.succeededFuture(present)
                    : Future.failedFuture(unknown == null ? failure : unknown));
  }

  private <T> Future<T> retried(java.util.function.Supplier<Future<T>> request) {
    return Retries.run(product.node.vertx(), RetryPolicy.BUS, request);
  }
}
