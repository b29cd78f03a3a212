package io.movingdata.consistency.backup;

import io.movingdata.consistency.pass.Cas;
import io.movingdata.consistency.turn.Turn;
import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Done;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.BackupApi.BackupList;
import io.movingdata.core.contract.BackupApi.BackupReply;
import io.movingdata.core.contract.BackupApi.StartBackup;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Backup;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.TimeId;
import io.movingdata.core.state.StateStore;
import io.movingdata.core.state.StateStore.Stored;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes backups when they are due or asked for, one at a time in the whole cluster. */
final class BackupService {
  private static final Logger LOG = LoggerFactory.getLogger(BackupService.class);
  private static final String KIND = "backups";
  private static final String BOOK = "book";
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final long RENEW_MS = 8_000;
  private static final long MOST_POLL_MS = 60_000;

  private final NodeContext node;
  private final NodeConfig.Backup config;
  private final AuditLog audit;
  private final StateStore<Book> books;
  private final Turn turn;
  private final BackupKeeper keeper;
  private long timer = -1;
  private boolean busy;

  BackupService(NodeContext node, AuditLog audit) {
    this.node = node;
    this.config = node.config().consistency().backup();
    this.audit = audit;
    this.books = new StateStore<>(node.bus(), node.clock(), KIND, Book.class);
    this.turn = new Turn(node, KIND, LEASE);
    this.keeper = new BackupKeeper(new StorageClient(node.bus()));
  }

  /** Starts looking whether one is due, where any comes by itself. */
  void start() {
    if (config.intervalMs() > 0) {
      long period = Math.max(100, Math.min(MOST_POLL_MS, config.intervalMs() / 4));
      long jittered = period + node.random().nextLong(period / 4 + 1);
      timer = node.vertx().setPeriodic(jittered, fired -> poll());
    }
  }

  /** Stops; a backup under way ends with the node. */
  void stop() {
    node.vertx().cancelTimer(timer);
  }

  /** Carries out {@code BackupApi.LIST}. */
  Future<BackupList> list(Done all) {
    return books
        .get(BOOK)
        .map(found -> new BackupList(found.map(b -> b.value().backups()).orElse(List.of())));
  }

  /** Carries out {@code BackupApi.START}. */
  Future<BackupReply> start(StartBackup request) {
    return begin(book -> true, request.requester()).map(BackupReply::new);
  }

  private void poll() {
    if (busy) {
      return;
    }
    Duration interval = Duration.ofMillis(config.intervalMs());
    books
        .get(BOOK)
        .compose(
            found ->
                found.isEmpty()
                    ? change(UnaryOperator.identity()).mapEmpty()
                    : found.get().value().due(node.clock().instant(), interval)
                        ? begin(book -> book.due(node.clock().instant(), interval), null)
                        : Future.succeededFuture())
        .onFailure(failure -> LOG.debug("no backup now: {}", failure.getMessage()));
  }

  private static MovingDataException conflict(String detail) {
    return MovingDataException.of(ErrorCode.CONFLICT, detail);
  }

  private Future<Backup> begin(Predicate<Book> condition, Requester who) {
    if (busy) {
      return Future.failedFuture(conflict("a backup is being made"));
    }
    busy = true;
    return turn.take()
        .compose(
            taken ->
                taken == Turn.Taken.OTHERS
                    ? Future.failedFuture(conflict("another node makes a backup"))
                    : change(book -> opened(book, condition)))
        .map(book -> book.backups().get(0))
        .onSuccess(backup -> make(backup, who))
        .onFailure(failure -> turn.release().onComplete(done -> busy = false));
  }

  private Book opened(Book book, Predicate<Book> condition) {
    Instant now = node.clock().instant();
    if (!condition.test(book)) {
      throw conflict("it is not due any more");
    }
    Backup backup =
        new Backup(
            TimeId.next(now),
            Backup.State.RUNNING,
            now,
            null,
            node.config().node().id(),
            0,
            0,
            List.of(),
            "");
    return book.interrupted(now).with(backup);
  }

  private void make(Backup backup, Requester who) {
    long renewal = node.vertx().setPeriodic(RENEW_MS, fired -> turn.take());
    BackupRun run = new BackupRun(node, backup, turn::held);
    run.run()
        .otherwise(run::failed)
        .compose(ended -> change(book -> book.with(ended)).compose(book -> tidy(ended, book, who)))
        .onFailure(failure -> LOG.warn("what became of backup {} is not recorded", backup.id()))
        .onComplete(
            done -> {
              node.vertx().cancelTimer(renewal);
              turn.release().onComplete(released -> busy = false);
            });
  }

  private Future<Void> tidy(Backup ended, Book book, Requester who) {
    LOG.info(
        "backup {} is {}: {} documents, {} bytes {}",
        ended.id(),
        ended.state(),
        ended.documents(),
        ended.bytes(),
        ended.detail());
    boolean good = ended.state() == Backup.State.VERIFIED;
    audit.record(
        who == null ? new Requester("system", List.of("system"), ended.id()) : who,
        "catalog.backup",
        null,
        null,
        good ? "done" : "failed",
        ended.id() + " " + ended.detail(),
        null);
    List<String> locations = node.config().locations().stream().map(LocationConfig::id).toList();
    return good && book.keepFrom(config.keep()).isPresent()
        ? keeper.prune(locations, book.keepFrom(config.keep()).get())
        : Future.succeededFuture();
  }

  private Future<Book> change(UnaryOperator<Book> change) {
    return Cas.retry(
        () ->
            books
                .get(BOOK)
                .compose(
                    found -> {
                      Book before =
                          found
                              .map(Stored::value)
                              .orElseGet(() -> Book.empty(node.clock().instant()));
                      Book next = change.apply(before);
                      return books
                          .put(BOOK, found.map(Stored::version).orElse(0L), next)
                          .map(put -> next);
                    }));
  }
}
