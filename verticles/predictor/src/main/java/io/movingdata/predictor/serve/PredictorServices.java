package io.movingdata.predictor.serve;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.launch.NodeContext;
import io.vertx.core.Future;

/** The predictor's services on one node. */
public final class PredictorServices {
  private final AuditLog audit;
  private final ModelService models;
  private final Trainings trainings;
  private final DriftWatch drift;

  private PredictorServices(
      AuditLog audit, ModelService models, Trainings trainings, DriftWatch drift) {
    this.audit = audit;
    this.models = models;
    this.trainings = trainings;
    this.drift = drift;
  }

  /** Those of a node. */
  public static PredictorServices of(NodeContext node) {
    AuditLog audit = new AuditLog(node.bus(), node.clock());
    ModelStore store = new ModelStore(node);
    LiveFiles files = new LiveFiles(node);
    ShadowService shadow = new ShadowService(node, store);
    ModelService models = new ModelService(node, store, shadow, audit);
    shadow.loader(models::loaded);
    Successor successor = new Successor(node, store, models, files, audit);
    return new PredictorServices(
        audit,
        models,
        new Trainings(node, new Labels(node, files), successor),
        new DriftWatch(node, store, files, models::serving));
  }

  public ModelService models() {
    return models;
  }

  public Trainings trainings() {
    return trainings;
  }

  /** Starts what looks by itself. */
  public void start() {
    audit.start();
    models.start();
    trainings.start();
    drift.start();
  }

  /** Ends what looks by itself. */
  public Future<Void> stop() {
    drift.stop();
    trainings.stop();
    models.stop();
    return audit.stop();
  }
}
