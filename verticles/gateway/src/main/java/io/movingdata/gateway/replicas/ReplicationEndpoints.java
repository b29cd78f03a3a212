package io.movingdata.gateway.replicas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.ReplicationApi;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.Requester;
import io.movingdata.core.replication.ReplicationPolicy;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Routes;
import io.vertx.core.Future;
import java.time.Duration;

/** {@code /replication}: the policy, how far it is carried out, and what another would do. */
public final class ReplicationEndpoints {
  /** All files are read to tell what a policy would do. */
  private static final Duration EVALUATING = Duration.ofMinutes(2);

  private final Bus bus;
  private final Bodies bodies;

  public ReplicationEndpoints(Bus bus, Bodies bodies) {
    this.bus = bus;
    this.bodies = bodies;
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes.bind(Operation.GET_REPLICATION, this::get);
    routes.bind(Operation.PUT_REPLICATION, this::put);
    routes.bind(Operation.EVALUATE_REPLICATION, this::evaluate);
  }

  private Future<Answer> get(Call call) {
    call.noQuery();
    return bus.request(ReplicationApi.GET_REPLICATION, Done.DONE)
        .map(
            shown -> {
              ObjectNode view = Json.mapper().valueToTree(shown.policy());
              JsonNode progress = Json.mapper().valueToTree(shown.progress());
              return Answer.json(200, view.set("progress", progress));
            });
  }

  private Future<Answer> put(Call call) {
    call.noQuery();
    return bodies
        .required(call)
        .compose(
            fields -> {
              Requester who = call.requester(fields.principalRoles());
              ReplicationPolicy policy = ReplicationBody.policy(fields);
              boolean dryRun = fields.flag("dry_run");
              fields.check();
              return dryRun
                  ? evaluate(new ReplicationApi.Evaluate(policy, null))
                  : bus.request(
                          ReplicationApi.PUT_POLICY, new ReplicationApi.PutPolicy(policy, who))
                      .map(shown -> Answer.shown(200, shown));
            });
  }

  private Future<Answer> evaluate(Call call) {
    call.noQuery();
    return bodies
        .optional(call)
        .compose(
            fields -> {
              call.requester(fields.principalRoles());
              String fileId = fields.optionalText("file_id");
              ReplicationPolicy policy =
                  fields.has("policy") ? ReplicationBody.policy(fields.object("policy")) : null;
              fields.check();
              return evaluate(new ReplicationApi.Evaluate(policy, fileId));
            });
  }

  private Future<Answer> evaluate(ReplicationApi.Evaluate request) {
    return bus.request(ReplicationApi.EVALUATE, request, EVALUATING)
        .map(shown -> Answer.shown(200, shown));
  }
}
