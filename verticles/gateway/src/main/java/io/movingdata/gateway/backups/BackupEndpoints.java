package io.movingdata.gateway.backups;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.BackupApi;
import io.movingdata.core.contract.BackupApi.StartBackup;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.Requester;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Routes;
import io.movingdata.gateway.once.Once;
import io.vertx.core.Future;

/** {@code /backups}. */
public final class BackupEndpoints {
  private final Bus bus;
  private final Bodies bodies;
  private final Once once;

  public BackupEndpoints(Bus bus, Bodies bodies, Once once) {
    this.bus = bus;
    this.bodies = bodies;
    this.once = once;
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes.bind(Operation.START_BACKUP, this::start);
    routes.bind(Operation.LIST_BACKUPS, this::list);
  }

  private Future<Answer> start(Call call) {
    call.noQuery();
    return bodies
        .optional(call)
        .compose(
            fields -> {
              Requester who = call.requester(fields.principalRoles());
              fields.check();
              return once.run(call, who, fields.toString(), () -> start(who));
            });
  }

  private Future<Answer> start(Requester who) {
    return bus.request(BackupApi.START, new StartBackup(who))
        .map(reply -> Answer.shown(202, reply.backup()).with("Location", "/backups"));
  }

  private Future<Answer> list(Call call) {
    call.noQuery();
    return bus.request(BackupApi.LIST, Done.DONE)
        .map(
            reply -> {
              ArrayNode items = JsonNodeFactory.instance.arrayNode();
              reply.backups().forEach(b -> items.add(Json.mapper().<JsonNode>valueToTree(b)));
              return Answer.json(200, items);
            });
  }
}
