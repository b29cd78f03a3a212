package io.movingdata.gateway.tiering;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.PredictorApi;
import io.movingdata.core.contract.PredictorApi.Example;
import io.movingdata.core.contract.PredictorApi.TrainingRef;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.ModelCard;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.TimeId;
import io.movingdata.core.model.Training;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Prefer;
import io.movingdata.gateway.http.Routes;
import io.movingdata.gateway.once.Once;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code /predictive/train}: starts a training and follows it, as {@code /move} does a move. */
public final class TrainingEndpoints {
  /** A body of 100 000 examples has some 60 MB. */
  private static final int LARGEST_BODY = 160 * 1024 * 1024;

  private static final int MOST_BODIES = 1;
  private static final long LOOK_MS = 200;

  private final Bus bus;
  private final Bodies small;
  private final Bodies large;
  private final Once once;
  private final Set<String> tiers;
  private int reading;

  /** {@code tiers}: those that some location has. */
  public TrainingEndpoints(Bus bus, Bodies bodies, Once once, Set<String> tiers) {
    this.bus = bus;
    this.small = bodies;
    this.large = new Bodies(bus.vertx(), LARGEST_BODY);
    this.once = once;
    this.tiers = Set.copyOf(tiers);
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes.bind(Operation.TRAIN_MODEL, this::train);
    routes.bind(Operation.GET_TRAINING, this::get);
    routes.bind(Operation.CANCEL_TRAINING, this::cancel);
  }

  private Future<Answer> train(Call call) {
    call.noQuery();
    if (reading >= MOST_BODIES) {
      throw MovingDataException.of(ErrorCode.OVERLOADED, "another training is being read")
          .withRetryAfterMs(5_000);
    }
    reading++;
    Prefer prefer = Prefer.parse(call.request().headers().getAll("Prefer"));
    return large
        .read(call, null)
        .compose(body -> bus.vertx().executeBlocking(() -> TrainingBody.read(body, tiers), false))
        .compose(
            body -> {
              Requester who = call.requester(body.roles());
              return once.run(
                  call,
                  who,
                  body.digest(),
                  () ->
                      begun(body, who)
                          .compose(
                              training ->
                                  follow(training, System.nanoTime() + prefer.waitMs() * 1_000_000))
                          .map(TrainingEndpoints::answer));
            })
        .onComplete(done -> reading--);
  }

  private Future<Training> begun(TrainingBody body, Requester who) {
    boolean auto = body.batches().isEmpty();
    return bus.request(PredictorApi.OPEN_TRAINING, new PredictorApi.OpenTraining(auto, who))
        .compose(
            training -> {
              Future<Training> added = Future.succeededFuture(training);
              for (List<Example> batch : body.batches()) {
                added =
                    added.compose(
                        before ->
                            bus.request(
                                PredictorApi.addExamples(training.node()),
                                new PredictorApi.AddExamples(training.trainingId(), batch)));
              }
              return auto
                  ? added
                  : added.compose(
                      all ->
                          bus.request(
                              PredictorApi.beginTraining(training.node()),
                              new TrainingRef(training.trainingId(), who)));
            });
  }

  private Future<Training> follow(Training training, long untilNanos) {
    if (!training.open() || System.nanoTime() - untilNanos >= 0) {
      return Future.succeededFuture(training);
    }
    return bus.vertx()
        .timer(LOOK_MS, TimeUnit.MILLISECONDS)
        .compose(
            fired ->
                bus.request(
                    PredictorApi.GET_TRAINING, new TrainingRef(training.trainingId(), null)))
        .compose(now -> follow(now, untilNanos));
  }

  private static Answer answer(Training training) {
    if (training.open()) {
      return Answer.shown(202, training)
          .with("Location", "/predictive/trainings/" + training.trainingId())
          .with("Retry-After", "1");
    }
    if (training.model() == null) {
      boolean failed = training.errorCode() != null;
      throw MovingDataException.of(
          failed ? ErrorCode.ofWire(training.errorCode()) : ErrorCode.CONFLICT,
          failed ? training.error() : "the training was cancelled");
    }
    return Answer.json(200, view(training));
  }

  private static ObjectNode view(Training training) {
    ModelCard card = training.model();
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("trained", true);
    view.put("training_id", training.trainingId());
    view.put("labels", card.labels());
    view.put("horizon_days", card.horizonDays());
    view.put("examples", training.examples());
    view.put("samples", card.samples());
    view.set("classes", Json.mapper().valueToTree(card.classes()));
    view.put("training_accuracy", card.trainingAccuracy());
    view.put("holdout_accuracy", card.holdoutAccuracy());
    view.put("holdout_f1", card.holdoutF1());
    view.put("in_force_f1", card.inForceF1());
    view.put("model_type", card.type());
    view.put("model_version", card.version());
    view.put("in_force", training.inForce());
    view.set("comparison", Json.mapper().valueToTree(card.comparison()));
    view.set("per_class", Json.mapper().valueToTree(card.perClass()));
    return view;
  }

  private static TrainingRef ref(Call call, Requester who) {
    String id = call.path("training_id");
    if (!TimeId.valid(id)) {
      throw MovingDataException.of(ErrorCode.OBJECT_NOT_FOUND, "no training of this id is known");
    }
    return new TrainingRef(id, who);
  }

  private Future<Answer> get(Call call) {
    call.noQuery();
    return bus.request(PredictorApi.GET_TRAINING, ref(call, null))
        .map(training -> Answer.shown(200, training));
  }

  private Future<Answer> cancel(Call call) {
    call.noQuery();
    return small
        .optional(call)
        .compose(
            fields -> {
              Requester who = call.requester(fields.principalRoles());
              fields.check();
              return bus.request(PredictorApi.CANCEL_TRAINING, ref(call, who));
            })
        .map(training -> Answer.shown(200, training));
  }
}
