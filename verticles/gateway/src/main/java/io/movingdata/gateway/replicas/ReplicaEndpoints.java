package io.movingdata.gateway.replicas;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.Requester;
import io.movingdata.gateway.files.FileView;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.JsonFields;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Prefer;
import io.movingdata.gateway.http.Routes;
import io.movingdata.gateway.moves.MoveOutcome;
import io.movingdata.gateway.moves.MoveWait;
import io.movingdata.gateway.once.Once;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * One-off copies of a file. They are made one after another, since a file has one transfer at a
 * time; when the wait is over the answer says which are still to be asked for.
 */
public final class ReplicaEndpoints {
  private static final int BY_HAND = 7;
  private static final int MOST_TARGETS = 32;

  private final NodeContext node;
  private final Bus bus;
  private final Bodies bodies;
  private final FileView files;
  private final MoveWait waits;
  private final Once once;

  public ReplicaEndpoints(
      NodeContext node, Bodies bodies, FileView files, MoveWait waits, Once once) {
    this.node = node;
    this.bus = node.bus();
    this.bodies = bodies;
    this.files = files;
    this.waits = waits;
    this.once = once;
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes.bind(Operation.ADD_REPLICAS, this::add).bind(Operation.DROP_REPLICA, this::drop);
  }

  private Future<Answer> add(Call call) {
    call.noQuery();
    String fileId = call.fileId();
    return bodies.required(call).compose(fields -> add(call, fileId, fields));
  }

  private Future<Answer> add(Call call, String fileId, JsonFields fields) {
    List<String> targets = fields.texts("targets", MOST_TARGETS);
    List<String> roles = fields.principalRoles();
    if (targets == null || targets.isEmpty()) {
      fields.refuse("targets", "must name at least one location");
    }
    fields.check();
    targets.forEach(node.config()::requireLocation);
    Requester who = call.requester(roles);
    long until =
        System.nanoTime()
            + Prefer.parse(call.request().headers().getAll("Prefer")).waitMs() * 1_000_000;
    return once.run(
        call,
        who,
        fields.toString(),
        () -> {
          ArrayNode copies = JsonNodeFactory.instance.arrayNode();
          List<String> distinct = List.copyOf(new LinkedHashSet<>(targets));
          return next(fileId, who, distinct, 0, until, copies)
              .map(location -> answer(fileId, copies, location));
        });
  }

  /** Asks for one copy after another; answers with the one that still runs, null for none. */
  private Future<String> next(
      String fileId, Requester who, List<String> targets, int index, long until, ArrayNode copies) {
    if (index == targets.size()) {
      return Future.succeededFuture();
    }
    String target = targets.get(index);
    MoverApi.Submit submit = new MoverApi.Submit(fileId, target, MoveKind.COPY, BY_HAND, who);
    return bus.request(MoverApi.SUBMIT, submit)
        .compose(
            ticket -> {
              if (ticket.move() == null) {
                copies.addObject().put("location", target).put("state", "present");
                return next(fileId, who, targets, index + 1, until, copies);
              }
              long leftMs = (until - System.nanoTime()) / 1_000_000;
              return waits
                  .until(ticket.move(), leftMs)
                  .compose(
                      move -> {
                        boolean made = MoveOutcome.arrived(move);
                        ObjectNode copy = copies.addObject().put("location", target);
                        copy.put("state", made ? "made" : "running").put("move_id", move.moveId());
                        if (made) {
                          return next(fileId, who, targets, index + 1, until, copies);
                        }
                        targets
                            .subList(index + 1, targets.size())
                            .forEach(
                                later ->
                                    copies
                                        .addObject()
                                        .put("location", later)
                                        .put("state", "later"));
                        return Future.succeededFuture("/moves/" + move.moveId());
                      });
            });
  }

  private static Answer answer(String fileId, ArrayNode copies, String running) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("file_id", fileId);
    body.set("copies", copies);
    return Answer.json(running == null ? 200 : 202, body).with("Location", running);
  }

  private Future<Answer> drop(Call call) {
    call.noQuery();
    MoverApi.DropReplica request =
        new MoverApi.DropReplica(call.fileId(), call.path("location"), call.requester());
    node.config().requireLocation(request.location());
    return bus.request(MoverApi.DROP_REPLICA, request, MoverApi.DROP_PATIENCE)
        .map(reply -> Answer.json(200, files.of(reply.file())));
  }
}
