package io.movingdata.gateway.consistency;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.contract.ConsistencyApi.PassRef;
import io.movingdata.core.contract.ConsistencyApi.PassReply;
import io.movingdata.core.contract.ConsistencyApi.Status;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.FindingApi.FindingQuery;
import io.movingdata.core.contract.MirrorApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.TimeId;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.JsonFields;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Routes;
import io.movingdata.gateway.once.Once;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** {@code /consistency/status} and the passes over the stores. */
public final class ConsistencyEndpoints {
  private static final int SHOWN = 100;
  private static final List<FindingState> UNSETTLED =
      List.of(
          FindingState.OPEN, FindingState.CONFLICT, FindingState.UNREPAIRABLE, FindingState.STUCK);

  private static final Set<String> KINDS = Set.of("light", "deep");

  private final Bus bus;
  private final Room room;
  private final Bodies bodies;
  private final Once once;
  private final StoreChoice store;

  public ConsistencyEndpoints(Bus bus, Bodies bodies, Once once, StoreChoice store) {
    this.store = store;
    this.bus = bus;
    this.room = new Room(bus);
    this.bodies = bodies;
    this.once = once;
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes.bind(Operation.GET_CONSISTENCY, this::status);
    routes.bind(Operation.START_PASS, this::start);
    routes.bind(Operation.GET_PASS, this::get);
    routes.bind(Operation.CANCEL_PASS, this::cancel);
    new FindingEndpoints(bus, bodies, once, store).bind(routes);
  }

  private Future<Answer> status(Call call) {
    call.noQuery();
    Future<Status> status = room.ask(ConsistencyApi.STATUS, Done.DONE);
    Future<CatalogApi.Usage> usage = bus.request(CatalogApi.USAGE, Done.DONE);
    Future<FindingApi.FindingPage> items =
        bus.request(
            FindingApi.LIST_FINDINGS,
            new FindingQuery(UNSETTLED, null, null, null, null, SHOWN, null));
    Future<MirrorApi.Status> mirrors = room.ask(MirrorApi.STATUS, Done.DONE);
    return Future.all(status, usage, items, mirrors)
        .map(
            all ->
                Answer.json(
                    200,
                    StatusView.of(
                        status.result(),
                        usage.result(),
                        items.result().findings(),
                        mirrors.result())));
  }

  private Future<Answer> start(Call call) {
    call.noQuery();
    return bodies
        .optional(call)
        .compose(
            fields -> {
              Pass.Kind kind = kind(fields);
              boolean repair = !fields.has("repair") || fields.flag("repair");
              boolean insist = fields.flag("insist");
              Requester who = call.requester(fields.principalRoles());
              fields.check();
              ConsistencyApi.StartPass wanted =
                  new ConsistencyApi.StartPass(kind, repair, insist, who);
              return once.run(
                  call,
                  who,
                  fields.toString(),
                  () ->
                      room.ask(ConsistencyApi.START_PASS, wanted)
                          .map(ConsistencyEndpoints::accepted));
            });
  }

  private static Pass.Kind kind(JsonFields fields) {
    String kind = fields.optionalText("kind");
    if (kind == null || kind.equals("light")) {
      return Pass.Kind.LIGHT;
    }
    if (!kind.equals("deep")) {
      fields.refuse("kind", "must be light or deep");
    }
    return Pass.Kind.DEEP;
  }

  static Answer accepted(PassReply reply) {
    return Answer.shown(202, reply.pass())
        .with("Location", "/consistency/passes/" + reply.pass().id());
  }

  private Future<Answer> get(Call call) {
    call.noQuery();
    return room.ask(ConsistencyApi.GET_PASS, new PassRef(id(call), null))
        .map(
            reply -> {
              if (reply.pass() == null) {
                throw unknown();
              }
              return Answer.shown(200, reply.pass());
            });
  }

  private Future<Answer> cancel(Call call) {
    call.noQuery();
    return bodies
        .optional(call)
        .compose(
            fields -> {
              Requester who = call.requester(fields.principalRoles());
              fields.check();
              return room.ask(ConsistencyApi.CANCEL_PASS, new PassRef(id(call), who));
            })
        .map(reply -> Answer.shown(200, reply.pass()));
  }

  private static String id(Call call) {
    String id = call.path("pass_id");
    if (id.equals("current")) {
      return null;
    }
    if (!TimeId.valid(id) && !KINDS.contains(id)) {
      throw unknown();
    }
    return id;
  }

  private static MovingDataException unknown() {
    return MovingDataException.of(ErrorCode.OBJECT_NOT_FOUND, "no pass of this id is known");
  }
}
