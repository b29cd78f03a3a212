package io.movingdata.gateway.tiering;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.PredictorApi;
import io.movingdata.core.model.Requester;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Routes;
import io.vertx.core.Future;
import java.time.Duration;

/** {@code /models}: versions, roll back, the shadow and drift. */
public final class ModelEndpoints {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Bus bus;
  private final Bodies bodies;

  public ModelEndpoints(Bus bus, Bodies bodies) {
    this.bus = bus;
    this.bodies = bodies;
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes.bind(Operation.LIST_MODELS, this::models);
    routes.bind(Operation.ACTIVATE_MODEL, this::activate);
  }

  private Future<Answer> models(Call call) {
    call.noQuery();
    return bus.request(PredictorApi.MODELS, Done.DONE).map(shown -> Answer.shown(200, shown));
  }

  private Future<Answer> activate(Call call) {
    call.noQuery();
    return bodies
        .optional(call)
        .compose(
            fields -> {
              Requester who = call.requester(fields.principalRoles());
              fields.check();
              return bus.request(
                  PredictorApi.ACTIVATE,
                  new PredictorApi.Activate(call.path("version"), who),
                  PATIENCE);
            })
        .map(shown -> Answer.shown(200, shown));
  }
}
