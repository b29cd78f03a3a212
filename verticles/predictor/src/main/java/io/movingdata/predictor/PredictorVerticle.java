package io.movingdata.predictor;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.PredictorApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.predictor.serve.PredictorServices;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Wires the predictor of one node. */
public final class PredictorVerticle extends VerticleBase {
  private final NodeContext node;
  private PredictorServices services;

  public PredictorVerticle(NodeContext node) {
    this.node = node;
  }

  @Override
  public Future<?> start() {
    Bus bus = node.bus();
    String self = node.config().node().id();
    services = PredictorServices.of(node);
    services.start();
    return Future.all(
        List.of(
            bus.serve(PredictorApi.PREDICT, services.models()::predict),
            bus.serve(PredictorApi.OPEN_TRAINING, services.trainings()::open),
            bus.serve(PredictorApi.addExamples(self), services.trainings()::add),
            bus.serve(PredictorApi.beginTraining(self), services.trainings()::begin),
            bus.serve(PredictorApi.GET_TRAINING, services.trainings()::get),
            bus.serve(PredictorApi.CANCEL_TRAINING, services.trainings()::cancel),
            bus.serve(PredictorApi.MODELS, services.models()::models),
            bus.serve(PredictorApi.DRIFT, services.models()::drift),
            bus.serve(PredictorApi.ACTIVATE, services.models()::activate)));
  }

  @Override
  public Future<?> stop() {
    return services.stop();
  }
}
