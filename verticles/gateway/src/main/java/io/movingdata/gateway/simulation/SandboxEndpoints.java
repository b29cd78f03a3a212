package io.movingdata.gateway.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.SimulatorApi;
import io.movingdata.gateway.http.Answer;
import io.movingdata.gateway.http.Bodies;
import io.movingdata.gateway.http.Call;
import io.movingdata.gateway.http.Operation;
import io.movingdata.gateway.http.Query;
import io.movingdata.gateway.http.Routes;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;

/** {@code /simulator}, the background load, and {@code /stream}, the sensor sandbox. */
public final class SandboxEndpoints {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 500;
  private static final int MOST_PER_MINUTE = 60_000;

  private final Bus bus;
  private final Bodies bodies;
  private final Clock clock;

  public SandboxEndpoints(Bus bus, Bodies bodies, Clock clock) {
    this.bus = bus;
    this.bodies = bodies;
    this.clock = clock;
  }

  /** Binds the operations. */
  public void bind(Routes routes) {
    routes.bind(Operation.GET_SIMULATOR, this::load);
    routes.bind(Operation.PUT_SIMULATOR, this::putLoad);
    routes.bind(Operation.SEND_READING, this::reading);
    routes.bind(Operation.PEEK_READINGS, this::peek);
  }

  private Future<Answer> load(Call call) {
    call.noQuery();
    return bus.request(SimulatorApi.GET_LOAD, Done.DONE).map(shown -> Answer.shown(200, shown));
  }

  private Future<Answer> putLoad(Call call) {
    call.noQuery();
    return bodies
        .required(call)
        .compose(
            fields -> {
              call.requester(fields.principalRoles());
              Boolean enabled = fields.has("enabled") ? (Boolean) fields.flag("enabled") : null;
              Long rate = fields.number("events_per_minute", 1, MOST_PER_MINUTE, null);
              Long seed = fields.number("seed", 0, Long.MAX_VALUE, null);
              Boolean moves =
                  fields.has("include_moves") ? (Boolean) fields.flag("include_moves") : null;
              fields.check();
              return bus.request(
                  SimulatorApi.PUT_LOAD,
                  new SimulatorApi.PutLoad(
                      enabled, rate == null ? null : (Integer) rate.intValue(), seed, moves));
            })
        .map(shown -> Answer.shown(200, shown));
  }

  private Future<Answer> reading(Call call) {
    call.noQuery();
    return bodies
        .required(call)
        .map(
            fields -> {
              call.requester(fields.principalRoles());
              String device = fields.text("device_id");
              if (device != null
                  && (device.length() > 128 || device.chars().anyMatch(c -> c < ' '))) {
                fields.refuse("device_id", "must have at most 128 characters, none of control");
              }
              Double temperature = fields.decimal("temperature", -1_000_000, 1_000_000);
              if (!fields.has("temperature")) {
                fields.refuse("temperature", "is missing");
              }
              Instant ts = fields.time("ts");
              fields.check();
              bus.publish(
                  SimulatorApi.READING,
                  new SimulatorApi.Reading(device, temperature, ts == null ? clock.instant() : ts));
              return Answer.json(202, JsonNodeFactory.instance.objectNode().put("accepted", true));
            });
  }

  private Future<Answer> peek(Call call) {
    Query query = call.query();
    int limit = query.number("limit", 1, MOST, DEFAULT_LIMIT);
    query.check();
    return bus.request(SimulatorApi.PEEK, new SimulatorApi.PeekQuery(limit))
        .map(shown -> Answer.shown(200, shown));
  }
}
