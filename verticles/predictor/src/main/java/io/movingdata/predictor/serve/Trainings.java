package io.movingdata.predictor.serve;

import io.movingdata.core.contract.PredictorApi.AddExamples;
import io.movingdata.core.contract.PredictorApi.OpenTraining;
import io.movingdata.core.contract.PredictorApi.TrainingRef;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.TimeId;
import io.movingdata.core.model.Training;
import io.movingdata.core.state.StateStore;
import io.movingdata.core.state.StateStore.Stored;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The training that runs here, one at a time, and what the catalog says of all of them. The
 * document is the truth: whoever wants a training to end writes so there, and its node finds it at
 * its next beat.
 */
public final class Trainings {
  private static final Logger LOG = LoggerFactory.getLogger(Trainings.class);
  private static final String KIND = "trainings";
  private static final long BEAT_MS = 1_000;
  private static final Duration GONE = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final NodeContext node;
  private final Labels labels;
  private final Successor successor;
  private final StateStore<Training> store;
  private TrainingRun run;
  private long version;
  private int total;
  private long idleSince;
  private Future<Void> writing = Future.succeededFuture();
  private boolean busy;
  private long timer = -1;

  Trainings(NodeContext node, Labels labels, Successor successor) {
    this.node = node;
    this.labels = labels;
    this.successor = successor;
    this.store = new StateStore<>(node.bus(), node.clock(), KIND, Training.class);
  }

  /** Starts its beat. */
  public void start() {
    timer = node.vertx().setPeriodic(BEAT_MS, fired -> beat());
  }

  /** Carries out {@code PredictorApi.OPEN_TRAINING}. */
  public Future<Training> open(OpenTraining request) {
    if (busy || run != null) {
      throw MovingDataException.of(ErrorCode.OVERLOADED, "a model is being trained here already")
          .withRetryAfterMs(5_000);
    }
    TrainingRun fresh =
        new TrainingRun(
            TimeId.next(node.clock().instant()),
            node.config().node().id(),
            request.requester(),
            node.clock());
    run = fresh;
    total = 0;
    idleSince = node.nanoTime().getAsLong();
    return store
        .put(fresh.id(), 0, fresh.view(0))
        .onSuccess(written -> version = written.version())
        .onFailure(failure -> run = null)
        .compose(
            written ->
                request.autoLabel()
                    ? begun(fresh, labels.examples(fresh))
                    : Future.succeededFuture(written.value()));
  }

  private TrainingRun here(String id) {
    if (run == null || !run.id().equals(id)) {
      throw MovingDataException.of(ErrorCode.OBJECT_NOT_FOUND, "no training of this id runs here");
    }
    return run;
  }

  /** Carries out {@code PredictorApi.addExamples}. */
  public Future<Training> add(AddExamples request) {
    TrainingRun mine = here(request.trainingId());
    mine.add(request.examples());
    total = mine.size();
    idleSince = node.nanoTime().getAsLong();
    return Future.succeededFuture(mine.view(total));
  }

  /** Carries out {@code PredictorApi.beginTraining}. */
  public Future<Training> begin(TrainingRef request) {
    TrainingRun mine = here(request.trainingId());
    if (!mine.collecting()) {
      return Future.succeededFuture(mine.view(total));
    }
    return begun(
        mine,
        node.cpu()
            .executeBlocking(() -> new Labels.Labelled(mine.collected(), "records", null), false));
  }

  private Future<Training> begun(TrainingRun mine, Future<Labels.Labelled> examples) {
    mine.begin();
    busy = true;
    examples
        .compose(
            found -> {
              total = found.data().rows().size();
              return successor.learn(found, mine.who(), mine);
            })
        .onSuccess(mine::done)
        .onFailure(
            failure -> {
              LOG.info("training {} made no model: {}", mine.id(), failure.getMessage());
              mine.failed(failure);
            })
        .onComplete(
            ended -> {
              busy = false;
              settle(mine);
            });
    return Future.succeededFuture(mine.view(total));
  }

  /** Its last words; where they cannot be written its document tells that it went silent. */
  private void settle(TrainingRun mine) {
    if (run == mine) {
      write(mine).onComplete(done -> run = run == mine ? null : run);
    }
  }

  private void beat() {
    TrainingRun mine = run;
    if (mine == null || !writing.isComplete()) {
      return;
    }
    boolean idle = node.nanoTime().getAsLong() - idleSince > IDLE.toNanos();
    if (mine.collecting() && idle) {
      mine.failed(MovingDataException.of(ErrorCode.CONFLICT, "no more examples came"));
      settle(mine);
    } else {
      write(mine);
    }
  }

  private Future<Void> write(TrainingRun mine) {
    writing =
        writing
            .otherwiseEmpty()
            .compose(before -> store.put(mine.id(), version, mine.view(total)))
            .onSuccess(written -> version = written.version())
            .<Void>mapEmpty()
            .recover(failure -> refused(mine, failure));
    return writing;
  }

  private Future<Void> refused(TrainingRun mine, Throwable failure) {
    if (!MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)) {
      LOG.debug("training {} cannot be written: {}", mine.id(), failure.getMessage());
      return Future.succeededFuture();
    }
    return store
        .get(mine.id())
        .map(
            found -> {
              found.ifPresent(
                  stored -> {
                    version = stored.version();
                    if (!stored.value().open()) {
                      mine.cancel();
                      run = run == mine ? null : run;
                    }
                  });
              return null;
            });
  }

  /** Carries out {@code PredictorApi.GET_TRAINING}. */
  public Future<Training> get(TrainingRef request) {
    return stored(request.trainingId()).map(found -> alive(found.value()));
  }

  private Future<Stored<Training>> stored(String id) {
    return store
        .get(id)
        .map(
            (Optional<Stored<Training>> found) ->
                found.orElseThrow(
                    () ->
                        MovingDataException.of(
                            ErrorCode.OBJECT_NOT_FOUND, "no training of this id is known")));
  }

  /** One whose node went silent made no model. */
  private Training alive(Training training) {
    boolean silent = training.updatedAt().isBefore(node.clock().instant().minus(GONE));
    return training.open() && silent
        ? ended(training, Training.FAILED, "the node that trained it is gone")
        : training;
  }

  private Training ended(Training training, String state, String error) {
    return new Training(
        training.trainingId(),
        training.node(),
        state,
        training.phase(),
        training.progress(),
        training.examples(),
        null,
        false,
        error,
        error == null ? null : (Integer) ErrorCode.SERVICE_ABSENT.wire(),
        training.startedBy(),
        training.startedAt(),
        training.updatedAt(),
        node.clock().instant());
  }

  /** Carries out {@code PredictorApi.CANCEL_TRAINING}. */
  public Future<Training> cancel(TrainingRef request) {
    return stored(request.trainingId())
        .compose(
            found -> {
              Training now = alive(found.value());
              boolean here = run != null && run.id().equals(now.trainingId());
              if (!now.open() || now.phase().equals("keeping") || (here && run.keeping())) {
                throw MovingDataException.of(
                    ErrorCode.CONFLICT, "it is " + now.state() + " (" + now.phase() + ") already");
              }
              Training cancelled = ended(now, Training.CANCELLED, null);
              return store
                  .put(now.trainingId(), found.version(), cancelled)
                  .map(written -> dropped(written.value()));
            })
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                    ? cancel(request)
                    : Future.failedFuture(failure));
  }

  private Training dropped(Training cancelled) {
    if (run != null && run.id().equals(cancelled.trainingId())) {
      run.cancel();
      run = null;
    }
    return cancelled;
  }

  /** Ends its beat. */
  public void stop() {
    node.vertx().cancelTimer(timer);
  }
}
