package io.movingdata.mover.collect;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.Requester;
import io.movingdata.core.storage.StorageClient;
import io.movingdata.mover.transfer.CopyProof;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what nothing references any more, after its grace period: asks the catalog again, proves
 * a remaining copy where there must be one, deletes, and records it. Entries are leased, so any
 * number of nodes collect side by side; doing one twice is harmless.
 */
public final class Collector {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
  private static final Requester SELF = new Requester("collector", List.of("system"), null);
  private static final int PAGE = 32;

  private final NodeContext node;
  private final Bus bus;
  private final StorageClient storage;
  private final CopyProof proof;
  private final AuditLog audit;
  private final NodeConfig.Collector config;
  private final Duration lease;
  private long timer = -1;
  private boolean busy;

  public Collector(NodeContext node, StorageClient storage, CopyProof proof, AuditLog audit) {
    this.node = node;
    this.bus = node.bus();
    this.storage = storage;
    this.proof = proof;
    this.audit = audit;
    this.config = node.config().collector();
    this.lease = Duration.ofMillis(node.config().mover().leaseMs());
  }

  /** Starts looking every {@code intervalMs}. */
  public void start() {
    timer = bus.vertx().setPeriodic(config.intervalMs(), fired -> round());
  }

  /** Stops after the entry in hand. */
  public void stop() {
    bus.vertx().cancelTimer(timer);
    timer = -1;
  }

  private void round() {
    if (busy) {
      return;
    }
    busy = true;
    page()
        .onComplete(
            done -> busy = false,
            failure -> {
              busy = false;
              LOG.debug("nothing is collected: {}", failure.getMessage());
            });
  }

  private Future<Void> page() {
    CatalogApi.ClaimGarbage claim =
        new CatalogApi.ClaimGarbage(node.config().node().id(), lease.toMillis(), PAGE);
    long until = node.nanoTime().getAsLong() + lease.toNanos() / 2;
    return bus.request(CatalogApi.CLAIM_GARBAGE, claim)
        .compose(
            list ->
                inTurn(list.entries(), 0, until)
                    .compose(
                        done ->
                            list.entries().size() == PAGE && timer >= 0
                                ? page()
                                : Future.succeededFuture()));
  }

  /** What is not begun while the leases surely stand is left to whoever claims it next. */
  private Future<Void> inTurn(List<Garbage> entries, int index, long untilNanos) {
    if (index == entries.size() || node.nanoTime().getAsLong() - untilNanos > 0) {
      return Future.succeededFuture();
    }
    GarbageLease held = new GarbageLease(bus, node.config().node().id(), lease, entries.get(index));
    return dispose(held)
        .recover(failure -> postpone(held, failure.getMessage()))
        .recover(failure -> Future.succeededFuture())
        .compose(done -> inTurn(entries, index + 1, untilNanos));
  }

  private Future<Void> dispose(GarbageLease held) {
    Garbage entry = held.entry();
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(entry.fileId(), true))
        .compose(
            reply -> {
              Disposal disposal = Disposal.decide(entry, reply.file());
              return switch (disposal.kind()) {
                case DELETE -> delete(held);
                case PROVE_THEN_DELETE -> proveThenDelete(held, reply.file(), disposal);
                case REFERENCED -> postpone(held, "still referenced");
                case FORGET -> held.forget();
                case HOLD -> hold(held);
              };
            });
  }

  private Future<Void> proveThenDelete(GarbageLease held, FileRecord file, Disposal disposal) {
    return proof
        .anyWhole(file, disposal.proof(), config.deepVerify())
        .compose(proven -> proven ? recheckThenDelete(held) : hold(held), Future::failedFuture);
  }

  /** The proof may have taken long: the file must still not reference the copy. */
  private Future<Void> recheckThenDelete(GarbageLease held) {
    Garbage entry = held.entry();
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(entry.fileId(), true))
        .compose(
            reply -> {
              boolean referenced = reply.file() != null && reply.file().references(entry.copyId());
              return referenced ? postpone(held, "still referenced") : delete(held);
            });
  }

  private Future<Void> delete(GarbageLease held) {
    Garbage entry = held.entry();
    Future<?> aborted =
        entry.resumeToken() == null
            ? Future.succeededFuture()
            : storage.abort(
                entry.location(), new StorageApi.AbortUpload(entry.key(), entry.resumeToken()));
    return aborted
        .map(CrashPoint.BEFORE_DELETE::passed)
        .compose(
            done ->
                storage.delete(entry.location(), new StorageApi.Delete(entry.key(), entry.etag())))
        .map(CrashPoint.COLLECTED::passed)
        .compose(
            deleted ->
                gone(entry)
                    .compose(
                        gone ->
                            gone
                                ? collected(held, deleted.existed())
                                : postpone(held, "deleted, but the provider still has it")));
  }

  /** A provider may say that it deleted and not do it. */
  private Future<Boolean> gone(Garbage entry) {
    return storage
        .stat(entry.location(), entry.key())
        .map(there -> false)
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.OBJECT_NOT_FOUND)
                    ? Future.succeededFuture(true)
                    : Future.failedFuture(failure));
  }

  private Future<Void> collected(GarbageLease held, boolean existed) {
    Garbage entry = held.entry();
    return held.remove()
        .map(
            removed -> {
              LOG.info(
                  "collected copy {} of {} at {} ({}){}",
                  entry.copyId(),
                  entry.key(),
                  entry.location(),
                  entry.reason(),
                  existed ? "" : ", there was nothing");
              audit.record(
                  SELF,
                  "copy.collect",
                  entry.fileId(),
                  entry.location(),
                  "done",
                  entry.reason(),
                  null);
              return null;
            });
  }

  private Future<Void> hold(GarbageLease held) {
    Garbage entry = held.entry();
    LOG.error(
        "copy {} at {} is kept: no other copy of its file could be proven whole",
        entry.copyId(),
        entry.location());
    audit.record(
        SELF,
        "copy.hold",
        entry.fileId(),
        entry.location(),
        "failed",
        "no other copy could be proven whole",
        null);
    return postpone(held, "no other copy could be proven whole");
  }

  private Future<Void> postpone(GarbageLease held, String why) {
    long wait = Math.max(config.intervalMs(), Math.min(config.graceMs(), 60_000));
    return held.postpone(node.clock().instant().plusMillis(wait), why);
  }
}
