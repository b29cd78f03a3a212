package io.movingdata.predictor.serve;

import io.movingdata.core.contract.PredictorApi;
import io.movingdata.core.contract.PredictorApi.Example;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.ModelCard;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.Training;
import io.movingdata.predictor.learn.Dataset;
import io.movingdata.predictor.learn.Steps;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * One training as it runs. Its examples are kept as numbers. Told of steps from the thread that
 * learns; all else happens on the event loop.
 */
final class TrainingRun implements Steps {
  private record Kept(List<Double> columns, String tier, Instant ts) {}

  private final String id;
  private final String node;
  private final Requester who;
  private final Clock clock;
  private final Instant startedAt;
  private final List<Kept> examples = new ArrayList<>();
  private volatile String phase = "reading";
  private volatile double progress;
  private volatile boolean cancelled;
  private String state = Training.COLLECTING;
  private ModelCard model;
  private boolean inForce;
  private MovingDataException failure;
  private Instant finishedAt;

  TrainingRun(String id, String node, Requester who, Clock clock) {
    this.id = id;
    this.node = node;
    this.who = who;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  String id() {
    return id;
  }

  Requester who() {
    return who;
  }

  boolean collecting() {
    return state.equals(Training.COLLECTING);
  }

  void add(List<Example> more) {
    if (!collecting()) {
      throw MovingDataException.of(ErrorCode.CONFLICT, "the training has begun");
    }
    if (examples.size() + more.size() > PredictorApi.MOST_RECORDS) {
      throw MovingDataException.of(
          ErrorCode.INVALID_REQUEST, "more than " + PredictorApi.MOST_RECORDS + " examples");
    }
    more.forEach(
        one -> examples.add(new Kept(Dataset.values(one.features()), one.targetTier(), one.ts())));
  }

  /** The examples that were added, in the order of time where each has one. */
  Dataset collected() {
    List<Kept> ordered = new ArrayList<>(examples);
    examples.clear();
    if (ordered.stream().allMatch(one -> one.ts() != null)) {
      ordered.sort(Comparator.comparing(Kept::ts));
    }
    return Dataset.ofValues(
        ordered.stream().map(Kept::columns).toList(), ordered.stream().map(Kept::tier).toList());
  }

  int size() {
    return examples.size();
  }

  void begin() {
    state = Training.RUNNING;
  }

  @Override
  public void next(String nextPhase, double done) {
    if (cancelled) {
      throw new CancellationException("the training was cancelled");
    }
    phase = nextPhase;
    progress = done;
  }

  boolean keeping() {
    return phase.equals("keeping");
  }

  /** It ends at its next step, and counts as ended now. */
  void cancel() {
    cancelled = true;
    end(Training.CANCELLED);
  }

  void done(Successor.Outcome outcome) {
    if (!cancelled) {
      model = outcome.card();
      inForce = outcome.inForce();
      progress = 1;
      end(Training.DONE);
    }
  }

  void failed(Throwable why) {
    if (!cancelled) {
      failure =
          why instanceof MovingDataException known
              ? known
              : MovingDataException.of(ErrorCode.INTERNAL, "the training failed", why);
      end(Training.FAILED);
    }
  }

  private void end(String last) {
    state = last;
    examples.clear();
    finishedAt = clock.instant();
  }

  Training view(int total) {
    return new Training(
        id,
        node,
        state,
        phase,
        progress,
        total,
        model,
        inForce,
        failure == null ? null : failure.getMessage(),
        failure == null ? null : (Integer) failure.code().wire(),
        who.principal(),
        startedAt,
        clock.instant(),
        finishedAt);
  }
}
