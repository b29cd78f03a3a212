package io.movingdata.consistency.pass;

import io.movingdata.consistency.verify.OrphanCheck;
import io.movingdata.consistency.verify.Throttle;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.BackupKey;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.PassShard;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the shards of the pass of one kind that runs, a few at a time, and says how far they
 * are. A node has one for each kind, so that a long deep pass keeps no light one waiting.
 */
public final class PassRunner {
  private static final Logger LOG = LoggerFactory.getLogger(PassRunner.class);
  private static final int SIDE_BY_SIDE = 2;
  private static final Duration LEASE = Duration.ofSeconds(15);

  /** From so many bad copies a share that trips the breaker ends a shard before its end. */
  private static final int HOPELESS = 1000;

  private final Pass.Kind kind;
  private final NodeContext node;
  private final Bus bus;
  private final Clock clock;
  private final NodeConfig.Consistency config;
  private final String self;
  private final PassBook book;
  private final Catalog catalog;
  private final StorageClient storage;
  private final Inspector inspector;
  private final OrphanCheck orphans;
  private final Throttle throttle;
  private final Map<String, Scan> scans = new HashMap<>();
  private Future<?> round = Future.succeededFuture();
  private long timer = -1;
  private boolean stopped;

  public PassRunner(
      Pass.Kind kind, NodeContext node, PassBook book, StorageClient storage, Inspector inspector) {
    this.kind = kind;
    this.node = node;
    this.bus = node.bus();
    this.clock = node.clock();
    this.config = node.config().consistency();
    this.self = node.config().node().id();
    this.book = book;
    this.catalog = new Catalog(bus);
    this.storage = storage;
    this.inspector = inspector;
    this.orphans = new OrphanCheck(node, storage);
    this.throttle = new Throttle(node);
  }

  /** Starts looking for shards. */
  public void start() {
    timer = bus.vertx().setPeriodic(config.pollMs(), fired -> round());
  }

  /** Stops; what was compared stays, and others go on from there. */
  public void stop() {
    stopped = true;
    bus.vertx().cancelTimer(timer);
    scans.values().forEach(Scan::stop);
  }

  /** Takes shards where some are free. */
  public void round() {
    if (stopped || !round.isComplete() || scans.size() >= SIDE_BY_SIDE) {
      return;
    }
    round =
        book.latest(kind)
            .compose(
                pass ->
                    pass.filter(Pass::running).isEmpty()
                        ? Future.succeededFuture()
                        : takeOne(pass.get()))
            .onFailure(failure -> LOG.debug("no shard is taken: {}", failure.getMessage()))
            .otherwiseEmpty();
  }

  private Future<Void> takeOne(Pass pass) {
    Optional<PassShard> free = Shards.free(pass, clock.instant());
    if (free.isEmpty() || scans.size() >= SIDE_BY_SIDE) {
      return Future.succeededFuture();
    }
    String name = free.get().name();
    return book.change(kind, pass.id(), p -> Shards.claim(p, name, self, clock.instant(), LEASE))
        .compose(
            claimed -> {
              claimed.ifPresent(mine -> work(mine, mine.shard(name)));
              return claimed.isPresent() ? takeOne(claimed.get()) : Future.succeededFuture();
            });
  }

  private void work(Pass pass, PassShard shard) {
    Scan scan = scan(pass, shard);
    scans.put(shard.name(), scan);
    long beat =
        bus.vertx().setPeriodic(LEASE.toMillis() / 3, fired -> progress(pass, shard.name(), scan));
    scan.run()
        .transform(result -> ended(pass, shard.name(), scan, result.cause()))
        .onFailure(failure -> LOG.warn("shard {} waits: {}", shard.name(), failure.getMessage()))
        .onComplete(
            done -> {
              bus.vertx().cancelTimer(beat);
              scans.remove(shard.name());
              round();
            });
  }

  private Scan scan(Pass pass, PassShard shard) {
    return kind == Pass.Kind.LIGHT
        ? new LightScan(
            pass.id(),
            shard,
            new Expectations(catalog, shard.location(), config.window()),
            check(pass, shard),
            storage,
            inspector,
            orphans,
            BackupKey::matches,
            tally -> hopeless(pass, tally))
        : new DeepScan(
            pass.id(), shard, catalog, inspector, throttle, clock, tally -> hopeless(pass, tally));
  }

  /** The first shard's listing comes after a look at the catalog itself. */
  private Optional<CatalogCheck> check(Pass pass, PassShard shard) {
    return shard.cursor() == null && pass.shards().get(0).name().equals(shard.name())
        ? Optional.of(new CatalogCheck(node, inspector, pass.id()))
        : Optional.empty();
  }

  private boolean hopeless(Pass pass, Tally tally) {
    return !pass.insist()
        && tally.bad() >= HOPELESS
        && Shards.tooBad(tally.bad(), tally.examined(), config.breakerPercent());
  }

  private void progress(Pass pass, String name, Scan scan) {
    book.change(
            kind,
            pass.id(),
            p -> Shards.progress(p, name, self, scan.tally(), clock.instant(), LEASE))
        .onSuccess(
            now -> {
              if (now.isEmpty()) {
                scan.stop();
              } else {
                bus.publish(ConsistencyApi.PASS, now.get());
              }
            });
  }

  private Future<Void> ended(Pass pass, String name, Scan scan, Throwable failure) {
    if (stopped || (failure != null && !(failure instanceof Unreachable))) {
      return failure == null ? Future.succeededFuture() : Future.failedFuture(failure);
    }
    return book.change(
            kind,
            pass.id(),
            p ->
                failure == null
                    ? Shards.end(
                        p, name, self, scan.tally(), config.breakerPercent(), clock.instant())
                    : Shards.unreachable(
                        p,
                        name,
                        self,
                        scan.tally(),
                        failure.getMessage(),
                        clock.instant(),
                        Duration.ofMillis(config.pollMs())))
        .map(
            now -> {
              now.ifPresent(p -> tell(p, name));
              return null;
            });
  }

  private void tell(Pass pass, String name) {
    PassShard shard = pass.shard(name);
    LOG.info(
        "{} pass {}: {} is {}: {} copies examined, {} bad, {} findings, {} unknown{}",
        kind == Pass.Kind.LIGHT ? "light" : "deep",
        pass.id(),
        name,
        shard.state(),
        shard.examined(),
        shard.bad(),
        shard.found(),
        shard.unknown(),
        shard.detail() == null ? "" : ": " + shard.detail());
    bus.publish(ConsistencyApi.PASS, pass);
  }
}
