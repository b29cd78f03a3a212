package io.movingdata.mover.simulate;

import io.movingdata.core.bus.Address;
import io.movingdata.core.contract.CatalogApi.ClaimGarbage;
import io.movingdata.core.contract.CatalogApi.DueMoves;
import io.movingdata.core.contract.CatalogApi.StaleCopies;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.mover.simulate.Point.Place;
import io.movingdata.testkit.model.Operation;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Carries requests to the catalog, step by step, and hints between nodes. */
final class Network {
  private static final String OWNER = "movingdata.catalog.";

  private final World world;
  private final Map<String, Integer> sent = new HashMap<>();

  Network(World world) {
    this.world = world;
  }

  /** A request on its way; {@code which} tells it from others of its kind. */
  private record Call<Q, R>(
      Life from, Address<Q, R> address, Q request, String what, int which, Promise<R> answer) {
    Point at(Place place, int step) {
      return new Point(place, from.node(), what, which, step);
    }

    /** Whether it only looks for work, as a rule in vain. */
    boolean polls() {
      return request instanceof DueMoves
          || request instanceof ClaimGarbage
          || request instanceof StaleCopies;
    }
  }

  <Q, R> Future<R> request(Life from, Address<Q, R> address, Q request, Duration timeout) {
    Promise<R> answer = Promise.promise();
    if (!from.alive()) {
      return answer.future();
    }
    String what = address.name().substring(OWNER.length());
    Call<Q, R> call =
        new Call<>(from, address, request, what, next(from.node() + " " + what), answer);
    world
        .time()
        .after(
            timeout.toNanos() / 1_000,
            from,
            () -> answer.tryFail(failure(ErrorCode.SERVICE_TIMEOUT)));
    Effect effect = world.faults().at(call.at(Place.SEND, 0));
    world.strike(from, effect);
    world.time().after(1, from, () -> leave(call, effect));
    return answer.future();
  }

  int next(String kind) {
    return sent.merge(kind, 1, Integer::sum);
  }

  private <Q, R> void leave(Call<Q, R> call, Effect effect) {
    if (!call.polls()) {
      world.trace(() -> call.from() + " asks " + call.what() + " " + call.request());
    }
    Life host = world.catalogFor(call.from(), call.at(Place.SEND, 0));
    if (host == null) {
      call.answer().tryFail(failure(ErrorCode.SERVICE_ABSENT));
      return;
    }
    long delay = latency(call.at(Place.SEND, 1));
    switch (effect) {
      case LOSE -> {}
      case LATE -> serve(call, host, delay + lateness(call));
      case DOUBLE -> {
        serve(call, host, delay);
        serve(call, host, delay + lateness(call) / 4);
      }
      default -> serve(call, host, delay);
    }
  }

  private <Q, R> void serve(Call<Q, R> call, Life host, long delay) {
    world
        .time()
        .after(
            delay,
            host,
            () -> {
              Q request = world.mutant().request(call.from(), call.address(), call.request());
              Operation<R> operation = world.catalog().begin(call.address(), request, host.clock());
              take(call, host, operation, 0);
            });
  }

  /** One step of the catalog, or its end. */
  private <Q, R> void take(Call<Q, R> call, Life host, Operation<R> operation, int step) {
    Effect effect = world.faults().at(call.at(Place.STEP, step));
    world.strike(host, effect);
    host.run(() -> taken(call, host, operation, step, effect));
  }

  private <Q, R> void taken(
      Call<Q, R> call, Life host, Operation<R> operation, int step, Effect effect) {
    if (operation.ended()) {
      answer(call, operation);
      return;
    }
    if (effect == Effect.STORE_DOWN) {
      operation.fail(failure(ErrorCode.CATALOG_DOWN));
    } else {
      operation.step();
    }
    if (effect == Effect.STORE_UNKNOWN) {
      operation.fail(failure(ErrorCode.SERVICE_TIMEOUT));
    }
    long delay = latency(call.at(Place.STEP, step)) / 4;
    world.time().after(delay, host, () -> take(call, host, operation, step + 1));
  }

  private <Q, R> void answer(Call<Q, R> call, Operation<R> operation) {
    Point point = call.at(Place.ANSWER, 0);
    Effect effect = world.faults().at(point);
    if (effect == Effect.LOSE) {
      return;
    }
    long delay = latency(point) + (effect == Effect.LATE ? lateness(call) : 0);
    world
        .time()
        .after(
            delay,
            call.from(),
            () -> {
              world.strike(call.from(), effect);
              call.from().run(() -> settle(call, operation));
            });
  }

  private <Q, R> void settle(Call<Q, R> call, Operation<R> operation) {
    try {
      R result = world.mutant().answer(call.from(), call.address(), operation.result());
      if (!call.polls() || !result.toString().contains("[]")) {
        world.trace(() -> call.from() + " hears of " + call.what() + ": " + result);
      }
      call.answer().tryComplete(result);
    } catch (MovingDataException refused) {
      world.trace(() -> call.from() + " hears of " + call.what() + ": " + refused.code());
      call.answer().tryFail(refused);
    }
  }

  /** A hint to every node, which some of them miss. */
  void publish(Life from, Object event) {
    int which = next(from.node() + " hint");
    for (Life node : world.lives()) {
      if (world.chance().between("hint to " + node, which, 0, 10) > 0) {
        world.time().after(500, node, () -> node.hear(event));
      }
    }
  }

  private <Q, R> long lateness(Call<Q, R> call) {
    return world
        .chance()
        .between(
            "lateness",
            call.at(Place.SEND, 2).number(),
            8 * VirtualTime.SECOND,
            30 * VirtualTime.SECOND);
  }

  private long latency(Point point) {
    return world.latency(point.number());
  }

  private static MovingDataException failure(ErrorCode code) {
    return MovingDataException.of(code, code.title());
  }
}
