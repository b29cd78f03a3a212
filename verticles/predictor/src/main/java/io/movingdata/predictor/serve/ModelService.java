package io.movingdata.predictor.serve;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.PredictorApi;
import io.movingdata.core.contract.PredictorApi.Activate;
import io.movingdata.core.contract.PredictorApi.Ask;
import io.movingdata.core.contract.PredictorApi.Models;
import io.movingdata.core.contract.PredictorApi.Predicted;
import io.movingdata.core.contract.PredictorApi.Predictions;
import io.movingdata.core.contract.PredictorApi.Shadow;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Drift;
import io.movingdata.core.model.ModelCard;
import io.movingdata.predictor.learn.Bootstrap;
import io.movingdata.predictor.learn.Dataset;
import io.movingdata.predictor.learn.Learner;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model in force. Every node looks every few seconds which version that is, and learns it again
 * from its rows. Where there has never been one, a first is made of {@link Bootstrap}'s examples.
 */
public final class ModelService {
  private static final Logger LOG = LoggerFactory.getLogger(ModelService.class);
  private static final long LOOK_MS = 3_000;
  private static final String FIRST = "m1";

  private final NodeContext node;
  private final Bus bus;
  private final ModelStore store;
  private final ShadowService shadow;
  private final AuditLog audit;
  private Serving serving;
  private boolean looking;
  private long timer = -1;

  ModelService(NodeContext node, ModelStore store, ShadowService shadow, AuditLog audit) {
    this.node = node;
    this.bus = node.bus();
    this.store = store;
    this.shadow = shadow;
    this.audit = audit;
  }

  /** Starts looking which model is in force. */
  public void start() {
    timer = bus.vertx().setPeriodic(1, LOOK_MS, fired -> look());
  }

  /** The model that answers here, null for none yet. */
  Serving serving() {
    return serving;
  }

  /** The model in force, null for none, also where it does not answer here yet. */
  Future<Serving> inForce() {
    return store
        .inForce()
        .compose(
            version ->
                version.isEmpty() || (serving != null && serving.version().equals(version.get()))
                    ? Future.succeededFuture(serving)
                    : loaded(version.get()));
  }

  /** Lets a model answer here that has just been put in force. */
  void serve(Serving next) {
    serving = next;
  }

  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    store
        .inForce()
        .compose(version -> version.isEmpty() ? bootstrap() : follow(version.get()))
        .compose(done -> shadow.look(serving))
        .onFailure(failure -> LOG.debug("no model: {}", failure.getMessage()))
        .onComplete(done -> looking = false);
  }

  private Future<Void> follow(String version) {
    return serving != null && serving.version().equals(version)
        ? Future.succeededFuture()
        : load(version);
  }

  /** Whoever comes first, all nodes make the same. */
  private Future<Void> bootstrap() {
    return node.cpu()
        .executeBlocking(() -> Bootstrap.learn(), false)
        .compose(
            learner ->
                store
                    .addSame(
                        Cards.of(
                            FIRST, learner, Serving.BOOTSTRAP, null, null, "system", node.clock()),
                        Bootstrap.dataset())
                    .compose(added -> store.forceFirst(FIRST)));
  }

  private Future<Void> load(String version) {
    return loaded(version)
        .map(
            loaded -> {
              serving = loaded;
              LOG.info("model {} ({}) is in force", version, loaded.learner().type());
              return null;
            });
  }

  /** Learns a version again from its rows. */
  Future<Serving> loaded(String version) {
    return Future.all(store.card(version), store.data(version))
        .compose(
            both -> {
              Optional<ModelCard> card = both.resultAt(0);
              Optional<Dataset> data = both.resultAt(1);
              if (card.isEmpty() || data.isEmpty()) {
                return Future.failedFuture("model " + version + " is not whole");
              }
              return node.cpu()
                  .executeBlocking(() -> Learner.again(data.get(), card.get().type()), false)
                  .map(learner -> new Serving(version, card.get().labels(), learner));
            });
  }

  /** Carries out {@code PredictorApi.PREDICT}. */
  public Future<Predictions> predict(Ask request) {
    if (request.files().size() > PredictorApi.MOST) {
      throw MovingDataException.of(
          ErrorCode.INVALID_REQUEST, "more than " + PredictorApi.MOST + " feature vectors");
    }
    Serving now = serving;
    if (now == null) {
      return Future.succeededFuture(new Predictions(null, null, false, List.of()));
    }
    List<Predicted> answers = new ArrayList<>();
    for (var features : request.files()) {
      Learner.Answer answer = now.learner().predict(Dataset.values(features), request.explain());
      double confidence = Math.min(now.surest(), answer.confidence());
      answers.add(new Predicted(answer.tier(), confidence, answer.reasons()));
    }
    shadow.compare(now, request.files(), answers);
    return Future.succeededFuture(
        new Predictions(now.version(), now.learner().type(), now.bootstrap(), answers));
  }

  /** Carries out {@code PredictorApi.MODELS}. */
  public Future<Models> models(Done all) {
    return Future.all(store.inForce(), store.cards(), store.shadow(), drift())
        .map(
            found -> {
              Optional<String> version = found.resultAt(0);
              Optional<Shadow> tried = found.resultAt(2);
              return new Models(
                  version.orElse(null),
                  tried.orElse(null),
                  found.<Optional<Drift>>resultAt(3).orElse(null),
                  found.resultAt(1));
            });
  }

  /** Carries out {@code PredictorApi.DRIFT}. */
  public Future<PredictorApi.DriftReply> drift(Done all) {
    return drift().map(found -> new PredictorApi.DriftReply(found.orElse(null)));
  }

  /** What was found of another model says nothing of the one in force. */
  private Future<Optional<Drift>> drift() {
    return Future.all(store.inForce(), store.drift())
        .map(
            both -> {
              Optional<String> version = both.resultAt(0);
              Optional<Drift> found = both.resultAt(1);
              return found.filter(one -> version.filter(one.version()::equals).isPresent());
            });
  }

  /** Carries out {@code PredictorApi.ACTIVATE}. */
  public Future<Models> activate(Activate request) {
    return store
        .card(request.version())
        .compose(
            card -> {
              if (card.isEmpty()) {
                throw MovingDataException.of(
                    ErrorCode.OBJECT_NOT_FOUND, "no model of this version");
              }
              return store.force(request.version());
            })
        .compose(done -> store.shadow(before -> null))
        .compose(done -> load(request.version()))
        .compose(
            loaded -> {
              audit.record(
                  request.requester(),
                  "model.activate",
                  null,
                  null,
                  "done",
                  request.version(),
                  null);
              return models(Done.DONE);
            });
  }

  /** Stops looking. */
  public void stop() {
    bus.vertx().cancelTimer(timer);
  }
}
