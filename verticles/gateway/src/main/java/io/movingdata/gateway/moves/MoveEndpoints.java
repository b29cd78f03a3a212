package io.movingdata.gateway.moves;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.TimeId;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.JsonFields;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Paging;
import io.movingdata.gateway.http.Prefer;
import io.movingdata.gateway.http.Routes;
import io.movingdata.gateway.once.Once;
import io.vertx.core.Future;
import java.util.List;

/** Moving one file, and looking after moves. */
public final class MoveEndpoints {
  /** Priority of what somebody waits for. */
  private static final int BY_HAND = 7;

  private final Bus bus;
  private final Bodies bodies;
  private final MoveView view;
  private final MoveWait waits;
  private final Once once;

  public MoveEndpoints(Bus bus, Bodies bodies, MoveView view, MoveWait waits, Once once) {
    this.bus = bus;
    this.bodies = bodies;
    this.view = view;
    this.waits = waits;
    this.once = once;
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes
        .bind(Operation.MOVE_FILE, this::move)
        .bind(Operation.LIST_MOVES, this::list)
        .bind(Operation.GET_MOVE, this::get)
        .bind(Operation.CANCEL_MOVE, call -> control(call, MoverApi.CANCEL))
        .bind(Operation.RETRY_MOVE, call -> control(call, MoverApi.RETRY));
  }

  private Future<Answer> move(Call call) {
    call.noQuery();
    return bodies.required(call).compose(fields -> move(call, fields));
  }

  private Future<Answer> move(Call call, JsonFields fields) {
    String fileId = fields.text("file_id");
    String target = fields.text("target");
    List<String> roles = fields.principalRoles();
    fields.check();
    Requester who = call.requester(roles);
    MoverApi.Submit submit =
        new MoverApi.Submit(FileIds.require(fileId), target, MoveKind.MOVE, BY_HAND, who);
    Prefer prefer = Prefer.parse(call.request().headers().getAll("Prefer"));
    return once.run(
        call,
        who,
        fields.toString(),
        () -> bus.request(MoverApi.SUBMIT, submit).compose(ticket -> follow(ticket, prefer)));
  }

  private Future<Answer> follow(MoverApi.Ticket ticket, Prefer prefer) {
    if (ticket.move() == null) {
      return Future.succeededFuture(
          Answer.json(200, outcome(false, ticket.from(), ticket.to(), null)));
    }
    return waits
        .until(ticket.move(), prefer.waitMs())
        .map(
            move ->
                MoveOutcome.arrived(move)
                    ? Answer.json(200, outcome(true, move.from(), move.target(), move.moveId()))
                    : Answer.json(202, view.of(move))
                        .with("Location", "/moves/" + move.moveId())
                        .with("Preference-Applied", prefer.respondAsync() ? "respond-async" : null)
                        .with("Retry-After", "1"));
  }

  private static ObjectNode outcome(boolean moved, String from, String to, String moveId) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("moved", moved);
    body.put("from", from);
    body.put("to", to);
    body.put("move_id", moveId);
    return body;
  }

  private Future<Answer> list(Call call) {
    CatalogApi.MoveQuery query = MoveQueries.of(call.query());
    return bus.request(CatalogApi.LIST_MOVES, query)
        .map(
            page -> {
              ArrayNode items = JsonNodeFactory.instance.arrayNode();
              page.moves().forEach(move -> items.add(view.of(move)));
              return Answer.json(200, items)
                  .with("Link", Paging.link("/moves", call.target().query(), page.next()));
            });
  }

  private Future<Answer> get(Call call) {
    call.noQuery();
    CatalogApi.GetMove request = new CatalogApi.GetMove(moveId(call), null);
    return bus.request(CatalogApi.GET_MOVE, request)
        .map(reply -> Answer.json(200, view.of(present(reply.move()))));
  }

  private static MoveRecord present(MoveRecord move) {
    if (move == null) {
      throw MovingDataException.of(ErrorCode.MOVE_NOT_FOUND, "no move of this id");
    }
    return move;
  }

  private Future<Answer> control(Call call, Address<MoverApi.MoveRef, MoverApi.MoveView> address) {
    call.noQuery();
    String moveId = moveId(call);
    return bodies
        .optional(call)
        .compose(
            fields -> {
              Requester who = call.requester(fields.principalRoles());
              fields.check();
              return once.run(
                  call,
                  who,
                  fields.toString(),
                  () ->
                      bus.request(address, new MoverApi.MoveRef(moveId, who))
                          .map(reply -> Answer.json(200, view.of(reply.move()))));
            });
  }

  private static String moveId(Call call) {
    String id = call.path("move_id");
    if (!TimeId.valid(id)) {
      throw MovingDataException.of(ErrorCode.MOVE_NOT_FOUND, "no move of this id");
    }
    return id;
  }
}
