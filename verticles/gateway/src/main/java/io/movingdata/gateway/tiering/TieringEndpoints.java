package io.movingdata.gateway.tiering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.RuleSet;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Query;
import io.movingdata.gateway.http.Routes;
import io.vertx.core.Future;

/** {@code /rules}, {@code /costs}, {@code /alerts} and {@code /autopilot}. */
public final class TieringEndpoints {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST = 1_000;

  private final Bus bus;
  private final Bodies bodies;

  public TieringEndpoints(Bus bus, Bodies bodies) {
    this.bus = bus;
    this.bodies = bodies;
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes.bind(Operation.GET_RULES, this::rules);
    routes.bind(Operation.PUT_RULES, this::putRules);
    routes.bind(Operation.EVALUATE_RULES, this::evaluate);
    routes.bind(Operation.GET_COSTS, this::costs);
    routes.bind(Operation.LIST_ALERTS, this::alerts);
    routes.bind(Operation.ACKNOWLEDGE_ALERT, this::acknowledge);
    routes.bind(Operation.GET_AUTOPILOT, this::autopilot);
    routes.bind(Operation.PUT_AUTOPILOT, this::putAutopilot);
  }

  private Future<Answer> rules(Call call) {
    call.noQuery();
    return bus.request(RulesApi.GET_RULES, Done.DONE).map(shown -> Answer.shown(200, shown));
  }

  private Future<Answer> putRules(Call call) {
    call.noQuery();
    return bodies
        .required(call)
        .compose(
            fields -> {
              Requester who = call.requester(fields.principalRoles());
              RuleSet rules = RuleBody.rules(fields);
              fields.check();
              return bus.request(RulesApi.PUT_RULES, new RulesApi.PutRules(rules, who));
            })
        .map(shown -> Answer.shown(200, shown));
  }

  private Future<Answer> evaluate(Call call) {
    call.noQuery();
    return bodies
        .required(call)
        .compose(
            fields -> {
              call.requester(fields.principalRoles());
              String fileId = fields.optionalText("file_id");
              FileFeatures features =
                  fields.has("features") ? RuleBody.features(fields.object("features")) : null;
              RuleSet rules = fields.has("rules") ? RuleBody.rules(fields.object("rules")) : null;
              if (fileId == null && features == null) {
                fields.refuse("file_id", "or features must be given");
              }
              fields.check();
              return bus.request(RulesApi.EVALUATE, new RulesApi.Evaluate(fileId, features, rules));
            })
        .map(shown -> Answer.shown(200, shown));
  }

  private Future<Answer> costs(Call call) {
    call.noQuery();
    return bus.request(RulesApi.COSTS, Done.DONE).map(shown -> Answer.shown(200, shown));
  }

  private Future<Answer> alerts(Call call) {
    Query query = call.query();
    String state = query.text("state");
    if (state != null && !state.matches("active|acknowledged|resolved")) {
      query.refuse("state", "must be active, acknowledged or resolved");
    }
    int limit = query.number("limit", 1, MOST, DEFAULT_LIMIT);
    query.check();
    return bus.request(RulesApi.ALERTS, new RulesApi.AlertQuery(state, limit))
        .map(found -> Answer.shown(200, found.alerts()));
  }

  private Future<Answer> acknowledge(Call call) {
    call.noQuery();
    return bodies
        .optional(call)
        .compose(
            fields -> {
              Requester who = call.requester(fields.principalRoles());
              fields.check();
              return bus.request(
                  RulesApi.ACKNOWLEDGE, new RulesApi.Acknowledge(call.path("alert_id"), who));
            })
        .map(shown -> Answer.shown(200, shown));
  }

  private Future<Answer> autopilot(Call call) {
    call.noQuery();
    return bus.request(RulesApi.GET_AUTOPILOT, Done.DONE).map(shown -> Answer.shown(200, shown));
  }

  private Future<Answer> putAutopilot(Call call) {
    call.noQuery();
    return bodies
        .required(call)
        .compose(
            fields -> {
              Requester who = call.requester(fields.principalRoles());
              String mode = fields.text("mode");
              fields.check();
              return bus.request(RulesApi.PUT_AUTOPILOT, new RulesApi.PutAutopilot(mode, who));
            })
        .map(shown -> Answer.shown(200, shown));
  }

  /** What {@code /policy} tells of a decision. */
  public static void describe(ObjectNode view, RulesApi.Evaluation evaluation) {
    String source = evaluation.decision().source();
    int type = source.startsWith("model:") ? source.indexOf('/') : -1;
    view.put("recommendation", evaluation.decision().tier());
    view.put("confidence", evaluation.decision().confidence());
    view.put("source", source);
    view.put("model_type", type < 0 ? null : source.substring(type + 1));
    view.set("rationale", Json.mapper().valueToTree(evaluation.decision().reasons()));
    view.set("features", Json.mapper().valueToTree(evaluation.features().values()));
    view.set("decision", Json.mapper().valueToTree(evaluation.decision()));
  }
}
