package io.movingdata.gateway.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.SimulatorApi;
import io.movingdata.core.contract.SimulatorApi.Burst;
import io.movingdata.core.contract.SimulatorApi.BurstRef;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.TimeId;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.JsonFields;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Prefer;
import io.movingdata.gateway.http.Routes;
import io.movingdata.gateway.once.Once;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code /simulate/burst}: starts a burst and follows it, as {@code /move} does a move. */
public final class BurstEndpoints {
  private static final int DEFAULT_EVENTS = 250;
  private static final int MOST_FILES = 500;
  private static final int MOST_PACE_MS = 10_000;
  private static final long LOOK_MS = 200;

  private final Bus bus;
  private final Bodies bodies;
  private final Once once;

  public BurstEndpoints(Bus bus, Bodies bodies, Once once) {
    this.bus = bus;
    this.bodies = bodies;
    this.once = once;
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes.bind(Operation.SIMULATE_BURST, this::start);
    routes.bind(Operation.GET_BURST, this::get);
    routes.bind(Operation.CANCEL_BURST, this::cancel);
  }

  private Future<Answer> start(Call call) {
    call.noQuery();
    return bodies.optional(call).compose(fields -> start(call, fields));
  }

  private Future<Answer> start(Call call, JsonFields fields) {
    Long events = fields.number("events", 1, SimulatorApi.MOST_EVENTS, (long) DEFAULT_EVENTS);
    List<String> files = fields.texts("file_ids", MOST_FILES);
    boolean moves = fields.flag("include_moves");
    boolean stream = !fields.has("stream_events") || fields.flag("stream_events");
    Long pace = fields.number("pace_ms", 0, MOST_PACE_MS, 0L);
    Long seed = fields.number("seed", 0, Long.MAX_VALUE, 1L);
    Requester who = call.requester(fields.principalRoles());
    fields.check();
    Prefer prefer = Prefer.parse(call.request().headers().getAll("Prefer"));
    SimulatorApi.StartBurst wanted =
        new SimulatorApi.StartBurst(
            events.intValue(), files, moves, stream, pace.intValue(), seed, who);
    return once.run(
        call,
        who,
        fields.toString(),
        () ->
            bus.request(SimulatorApi.START, wanted)
                .compose(burst -> follow(burst, System.nanoTime() + prefer.waitMs() * 1_000_000))
                .map(BurstEndpoints::answer));
  }

  private Future<Burst> follow(Burst burst, long untilNanos) {
    if (!burst.state().equals("running") || System.nanoTime() - untilNanos >= 0) {
      return Future.succeededFuture(burst);
    }
    return bus.vertx()
        .timer(LOOK_MS, TimeUnit.MILLISECONDS)
        .compose(fired -> bus.request(SimulatorApi.GET_BURST, new BurstRef(burst.burstId())))
        .compose(now -> follow(now, untilNanos));
  }

  private static Answer answer(Burst burst) {
    if (burst.state().equals("running")) {
      return Answer.shown(202, burst)
          .with("Location", "/simulate/bursts/" + burst.burstId())
          .with("Retry-After", "1");
    }
    if (burst.state().equals("failed")) {
      throw MovingDataException.of(
          ErrorCode.SERVICE_ABSENT,
          "the burst ended after " + burst.eventsGenerated() + " events: " + burst.error());
    }
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("events_generated", burst.eventsGenerated());
    view.put("migrations_triggered", burst.migrationsTriggered());
    view.put("stream_enqueued", burst.streamEnqueued());
    view.put("state", burst.state());
    view.put("burst_id", burst.burstId());
    return Answer.json(200, view);
  }

  private static String id(Call call) {
    String id = call.path("burst_id");
    if (!TimeId.valid(id)) {
      throw MovingDataException.of(ErrorCode.MOVE_NOT_FOUND, "no burst of this id is known");
    }
    return id;
  }

  private Future<Answer> get(Call call) {
    call.noQuery();
    return bus.request(SimulatorApi.GET_BURST, new BurstRef(id(call)))
        .map(burst -> Answer.shown(200, burst));
  }

  private Future<Answer> cancel(Call call) {
    call.noQuery();
    return bodies
        .optional(call)
        .compose(
            fields -> {
              call.requester(fields.principalRoles());
              fields.check();
              return bus.request(SimulatorApi.GET_BURST, new BurstRef(id(call)));
            })
        .map(
            burst -> {
              bus.publish(SimulatorApi.CANCEL, new BurstRef(burst.burstId()));
              return Answer.shown(202, burst)
                  .with("Location", "/simulate/bursts/" + burst.burstId());
            });
  }
}
