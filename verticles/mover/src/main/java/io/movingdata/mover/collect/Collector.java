package io.movingdata.mover.collect;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.Requester;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Future;
import java.time.Instant;
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
  private static final long LEAST_LEASE_MS = 30_000;
  private static final long MOST_LEASE_MS = 10 * 60_000;

  private final NodeContext node;
  private final Bus bus;
  private final StorageClient storage;
  private final CopyProof proof;
  private final AuditLog audit;
  private final NodeConfig.Collector config;
  private long timer = -1;
  private boolean busy;

  public Collector(NodeContext node, StorageClient storage, CopyProof proof, AuditLog audit) {
    this.node = node;
    this.bus = node.bus();
    this.storage = storage;
    this.proof = proof;
    this.audit = audit;
    this.config = node.config().collector();
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
        new CatalogApi.ClaimGarbage(node.config().node().id(), leaseMs(), PAGE);
    return bus.request(CatalogApi.CLAIM_GARBAGE, claim)
        .compose(
            list ->
                inTurn(list.entries(), 0)
                    .compose(
                        done ->
                            list.entries().size() == PAGE && timer >= 0
                                ? page()
                                : Future.succeededFuture()));
  }

  /** As long as what is collected was kept anyway: so much longer it is kept after a crash. */
  private long leaseMs() {
    return Math.max(LEAST_LEASE_MS, Math.min(config.graceMs(), MOST_LEASE_MS));
  }

  private Future<Void> inTurn(List<Garbage> entries, int index) {
    if (index == entries.size()) {
      return Future.succeededFuture();
    }
    Garbage entry = entries.get(index);
    return dispose(entry)
        .recover(failure -> postpone(entry, failure.getMessage()))
        .recover(failure -> Future.succeededFuture())
        .compose(done -> inTurn(entries, index + 1));
  }

  private Future<Void> dispose(Garbage entry) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(entry.fileId(), true))
        .compose(
            reply -> {
              Disposal disposal = Disposal.decide(entry, reply.file());
              return switch (disposal.kind()) {
                case DELETE -> delete(entry);
                case PROVE_THEN_DELETE -> proveThenDelete(entry, reply.file(), disposal);
                case REFERENCED -> postpone(entry, "still referenced");
                case FORGET -> settle(entry, null, null);
                case HOLD -> hold(entry);
              };
            });
  }

  private Future<Void> proveThenDelete(Garbage entry, FileRecord file, Disposal disposal) {
    return proof
        .prove(file, disposal.proof())
        .compose(proven -> proven ? recheckThenDelete(entry) : hold(entry), Future::failedFuture);
  }

  /** The proof may have taken long: the file must still not reference the copy. */
  private Future<Void> recheckThenDelete(Garbage entry) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(entry.fileId(), true))
        .compose(
            reply -> {
              boolean referenced = reply.file() != null && reply.file().references(entry.copyId());
              return referenced ? postpone(entry, "still referenced") : delete(entry);
            });
  }

  private Future<Void> delete(Garbage entry) {
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
        .compose(deleted -> settle(entry, null, null).map(done -> deleted))
        .map(
            deleted -> {
              LOG.info(
                  "collected copy {} of {} at {} ({}){}",
                  entry.copyId(),
                  entry.key(),
                  entry.location(),
                  entry.reason(),
                  deleted.existed() ? "" : ", there was nothing");
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

  private Future<Void> hold(Garbage entry) {
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
    return postpone(entry, "no other copy could be proven whole");
  }

  private Future<Void> postpone(Garbage entry, String why) {
    long wait = Math.max(config.intervalMs(), Math.min(config.graceMs(), 60_000));
    return settle(entry, node.clock().instant().plusMillis(wait), why);
  }

  private Future<Void> settle(Garbage entry, Instant dueAt, String error) {
    return bus.request(
            CatalogApi.SETTLE_GARBAGE,
            new CatalogApi.SettleGarbage(entry.copyId(), entry.version(), dueAt, error))
        .mapEmpty();
  }
}
