package io.movingdata.predictor.serve;

import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Drift;
import io.movingdata.predictor.learn.Dataset;
import io.movingdata.predictor.learn.Stability;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then whether the files of today are still those that the model learnt from. */
final class DriftWatch {
  private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);
  private static final int MOST_FILES = 5_000;
  private static final long LOOK_MS = 15_000;
  private static final Duration FRESH = Duration.ofMinutes(2);

  private final NodeContext node;
  private final ModelStore store;
  private final LiveFiles files;
  private final Supplier<Serving> serving;
  private boolean looking;
  private long timer = -1;

  DriftWatch(NodeContext node, ModelStore store, LiveFiles files, Supplier<Serving> serving) {
    this.node = node;
    this.store = store;
    this.files = files;
    this.serving = serving;
  }

  void start() {
    timer = node.vertx().setPeriodic(LOOK_MS, fired -> begin());
  }

  private void begin() {
    Serving model = serving.get();
    if (looking || model == null) {
      return;
    }
    looking = true;
    look(model)
        .onFailure(failure -> LOG.debug("drift is not known: {}", failure.getMessage()))
        .onComplete(done -> looking = false);
  }

  /** Whichever node finds the last look old looks again. */
  private Future<Void> look(Serving model) {
    return store
        .drift()
        .compose(
            last ->
                fresh(last, model) ? Future.succeededFuture() : found(model).compose(store::drift));
  }

  private boolean fresh(Optional<Drift> last, Serving model) {
    Instant old = node.clock().instant().minus(FRESH);
    return last.isPresent()
        && last.get().version().equals(model.version())
        && last.get().at().isAfter(old);
  }

  private Future<Drift> found(Serving model) {
    Instant now = node.clock().instant();
    if (model.bootstrap()) {
      String note = "it was learnt from made-up files, from which real ones always differ";
      return Future.succeededFuture(new Drift(model.version(), 0, 0, false, List.of(), note, now));
    }
    return files
        .read(MOST_FILES, read -> {})
        .compose(
            known -> {
              List<List<Double>> rows =
                  known.stream().map(one -> Dataset.values(one.features())).toList();
              return node.cpu()
                  .executeBlocking(
                      () -> Stability.of(model.version(), model.learner(), rows, now), false);
            });
  }

  void stop() {
    node.vertx().cancelTimer(timer);
  }
}
