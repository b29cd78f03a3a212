package io.movingdata.mover.collect;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what crashes left half done: intents that nobody has worked on for long become garbage, and
 * provider uploads that no intent stands for are aborted.
 */
public final class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final int PAGE = 200;
  private static final int MOST_KEPT = 1000;
  private static final int UPLOAD_ROUNDS = 10;

  private final NodeContext node;
  private final Bus bus;
  private final StorageClient storage;
  private final NodeConfig.Collector config;
  private long timer = -1;
  private int rounds;
  private boolean busy;

  public Sweeper(NodeContext node, StorageClient storage) {
    this.node = node;
    this.bus = node.bus();
    this.storage = storage;
    this.config = node.config().collector();
  }

  /** Starts; nodes that start together do not sweep together. */
  public void start() {
    long period = Math.max(1000, config.staleMs() / 4);
    long jittered = period + node.random().nextLong(period / 2 + 1);
    timer = bus.vertx().setPeriodic(jittered, fired -> round());
  }

  /** Stops. */
  public void stop() {
    bus.vertx().cancelTimer(timer);
  }

  private void round() {
    if (busy) {
      return;
    }
    busy = true;
    Future<Void> swept = intents();
    Future<Void> both = ++rounds % UPLOAD_ROUNDS == 0 ? swept.compose(done -> uploads()) : swept;
    both.onComplete(
        done -> busy = false,
        failure -> {
          busy = false;
          LOG.debug("nothing is swept: {}", failure.getMessage());
        });
  }

  private Future<Void> intents() {
    Instant before = node.clock().instant().minusMillis(config.staleMs());
    return bus.request(CatalogApi.STALE_COPIES, new CatalogApi.StaleCopies(before, PAGE))
        .compose(list -> inTurn(list.copies(), 0));
  }

  private Future<Void> inTurn(List<CopyIntent> copies, int index) {
    if (index == copies.size()) {
      return Future.succeededFuture();
    }
    return sweep(copies.get(index)).compose(done -> inTurn(copies, index + 1));
  }

  private Future<Void> sweep(CopyIntent intent) {
    return bus.request(CatalogApi.GET_MOVE, new CatalogApi.GetMove(null, intent.fileId()))
        .compose(
            reply -> wanted(intent, reply.move()) ? Future.succeededFuture() : discard(intent));
  }

  private static boolean wanted(CopyIntent intent, MoveRecord move) {
    return move != null && move.copy() != null && move.copy().copyId().equals(intent.copyId());
  }

  private Future<Void> discard(CopyIntent intent) {
    CatalogApi.DiscardCopy request =
        new CatalogApi.DiscardCopy(
            intent.copyId(), intent.fileId(), null, Disposal.ABANDONED, config.graceMs());
    return bus.request(CatalogApi.DISCARD_COPY, request)
        .map(
            discarded -> {
              LOG.info(
                  "copy {} at {} was abandoned by {}: {}",
                  intent.copyId(),
                  intent.location(),
                  intent.owner(),
                  discarded.discarded() ? "now garbage" : "but its file references it");
              return null;
            });
  }

  /** Provider uploads older than any intent may be, except those of the intents there are. */
  private Future<Void> uploads() {
    Instant now = node.clock().instant();
    return bus.request(CatalogApi.STALE_COPIES, new CatalogApi.StaleCopies(now, MOST_KEPT))
        .compose(
            list -> {
              if (list.copies().size() >= MOST_KEPT) {
                return Future.succeededFuture();
              }
              List<String> keep = list.copies().stream().map(CopyIntent::key).toList();
              Instant before = now.minusMillis(Math.max(config.staleMs(), config.graceMs()));
              StorageApi.SweepUploads request = new StorageApi.SweepUploads(before, keep);
              return eachLocation(request, node.config().locations(), 0);
            });
  }

  private Future<Void> eachLocation(
      StorageApi.SweepUploads request, List<LocationConfig> locations, int index) {
    if (index == locations.size()) {
      return Future.succeededFuture();
    }
    String location = locations.get(index).id();
    return storage
        .sweep(location, request)
        .onSuccess(
            swept -> {
              if (swept.aborted() > 0) {
                LOG.info("aborted {} abandoned uploads at {}", swept.aborted(), location);
              }
            })
        .transform(done -> eachLocation(request, locations, index + 1));
  }
}
