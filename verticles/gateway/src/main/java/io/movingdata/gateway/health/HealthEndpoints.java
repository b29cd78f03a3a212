package io.movingdata.gateway.health;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Routes;
import io.vertx.core.Future;

/** {@code /health}: always answered at once. */
public final class HealthEndpoints {
  private final HealthService health;

  public HealthEndpoints(HealthService health) {
    this.health = health;
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes
        .bind(Operation.GET_HEALTH, call -> fresh(Answer.json(200, health.view())))
        .bind(Operation.GET_LIVENESS, call -> fresh(alive()))
        .bind(Operation.GET_READINESS, call -> fresh(ready()));
  }

  private static Answer alive() {
    return Answer.json(200, JsonNodeFactory.instance.objectNode().put("alive", true));
  }

  private Answer ready() {
    boolean ready = health.board().ready();
    Answer answer = Answer.json(ready ? 200 : 503, HealthView.readiness(health.board()));
    return ready ? answer : answer.with("Retry-After", "2");
  }

  private static Future<Answer> fresh(Answer answer) {
    return Future.succeededFuture(answer.with("Cache-Control", "no-store"));
  }
}
