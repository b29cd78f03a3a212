package io.movingdata.mover.simulate;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.StorageApi;
import io.movingdata.core.contract.StorageApi.AbortUpload;
import io.movingdata.core.contract.StorageApi.Delete;
import io.movingdata.core.contract.StorageApi.Deleted;
import io.movingdata.core.contract.StorageApi.KeyRequest;
import io.movingdata.core.contract.StorageApi.SweepUploads;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.judge.ProviderRequest;
import io.movingdata.core.judge.RequestKind;
import io.movingdata.mover.simulate.Point.Place;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Carries requests to providers, which answer, fail and lie; keeps the log of what arrived. */
final class Providers {
  private static final long PATIENCE = 5 * VirtualTime.SECOND;

  private final World world;
  private final Map<String, SimulatedProvider> byLocation = new LinkedHashMap<>();
  private final List<ProviderRequest> log = new ArrayList<>();

  Providers(World world) {
    this.world = world;
    Plan.LOCATIONS.forEach(id -> byLocation.put(id, new SimulatedProvider(world, id)));
  }

  SimulatedProvider at(String location) {
    return byLocation.get(location);
  }

  Iterable<SimulatedProvider> all() {
    return byLocation.values();
  }

  List<ProviderRequest> log() {
    return log;
  }

  /** A request of the product's own storage client. */
  Future<?> request(Life from, String location, String verb, Buffer body) {
    SimulatedProvider provider = at(location);
    if (verb.equals(StorageApi.DELETE.verb())) {
      Delete delete = Json.fromBuffer(body, Delete.class);
      return ask(
          from,
          location,
          RequestKind.DELETE,
          delete.key(),
          e -> e == Effect.KEPT ? new Deleted(true) : provider.delete(delete));
    } else if (verb.equals(StorageApi.ABORT.verb())) {
      AbortUpload abort = Json.fromBuffer(body, AbortUpload.class);
      return ask(
          from,
          location,
          RequestKind.ABORT,
          abort.key(),
          e -> {
            provider.abort(abort.resumeToken());
            return Done.DONE;
          });
    } else if (verb.equals(StorageApi.STAT.verb())) {
      KeyRequest stat = Json.fromBuffer(body, KeyRequest.class);
      return ask(from, location, RequestKind.READ, stat.key(), e -> provider.stat(stat.key()));
    }
    SweepUploads sweep = Json.fromBuffer(body, SweepUploads.class);
    return ask(from, location, RequestKind.OTHER, null, e -> provider.sweep(sweep));
  }

  /**
   * A request.
   *
   * @param deed what the provider does; it is told of bytes that change on the way
   */
  <R> Future<R> ask(
      Life from, String location, RequestKind kind, String key, Function<Effect, R> deed) {
    Promise<R> answer = Promise.promise();
    if (!from.alive()) {
      return answer.future();
    }
    String what = location + " " + kind.name().toLowerCase(java.util.Locale.ROOT);
    int which = world.network().next(from.node() + " " + what);
    Point point = new Point(Place.ASK_PROVIDER, from.node(), what, which);
    Effect effect = fitting(world.faults().at(point), kind);
    world.strike(from, effect);
    world
        .time()
        .after(
            1,
            from,
            () -> leave(new Call<>(from, location, point, kind, key, deed, answer), effect));
    return answer.future();
  }

  private record Call<R>(
      Life from,
      String location,
      Point point,
      RequestKind kind,
      String key,
      Function<Effect, R> deed,
      Promise<R> answer) {}

  /** Some lies can be told of some requests only. */
  private static Effect fitting(Effect effect, RequestKind kind) {
    boolean fits =
        switch (effect) {
          case NOT_FOUND, NO_KEY -> kind == RequestKind.READ;
          case CORRUPT -> kind != RequestKind.DELETE && kind != RequestKind.ABORT;
          case WRONG_ANSWER -> kind.equals(RequestKind.PUT) || kind == RequestKind.COMPLETE;
          case KEPT -> kind == RequestKind.DELETE;
          default -> true;
        };
    return fits ? effect : Effect.NONE;
  }

  private <R> void leave(Call<R> call, Effect effect) {
    world.trace(() -> call.from() + " asks " + call.point().what() + " " + call.key());
    long delay = world.latency(call.point().number());
    long late =
        world
            .chance()
            .between(
                "late at provider",
                call.point().number(),
                6 * VirtualTime.SECOND,
                20 * VirtualTime.SECOND);
    switch (effect) {
      case BUSY -> fail(call, delay, ErrorCode.PROVIDER_BUSY);
      case DOWN -> fail(call, delay, ErrorCode.PROVIDER_DOWN);
      case REJECTED -> fail(call, delay, ErrorCode.PROVIDER_REJECTED);
      case NO_KEY -> fail(call, delay, ErrorCode.KEY_MISSING);
      case NOT_FOUND -> fail(call, delay, ErrorCode.OBJECT_NOT_FOUND);
      case LOSE -> fail(call, PATIENCE, ErrorCode.PROVIDER_DOWN);
      case LATE -> {
        fail(call, PATIENCE, ErrorCode.PROVIDER_DOWN);
        arrive(call, late, effect, false);
      }
      case ANSWER_LOST -> {
        fail(call, PATIENCE, ErrorCode.PROVIDER_DOWN);
        arrive(call, delay, effect, false);
      }
      case DOUBLE -> {
        arrive(call, delay, effect, true);
        arrive(call, late / 4, effect, false);
      }
      default -> arrive(call, delay, effect, true);
    }
  }

  private <R> void fail(Call<R> call, long delay, ErrorCode code) {
    world
        .time()
        .after(delay, call.from(), () -> refuse(call, MovingDataException.of(code, code.title())));
  }

  private <R> void refuse(Call<R> call, MovingDataException refusal) {
    world.trace(() -> call.from() + " hears of " + call.point().what() + ": " + refusal.code());
    call.answer().tryFail(refusal);
  }

  private <R> void arrive(Call<R> call, long delay, Effect effect, boolean heard) {
    world
        .time()
        .after(
            delay,
            null,
            () -> {
              try {
                R result = call.deed().apply(effect);
                log(call, 200);
                if (heard) {
                  back(call, () -> answer(call, result));
                }
              } catch (MovingDataException refused) {
                log(call, refused.code() == ErrorCode.OBJECT_NOT_FOUND ? 404 : 412);
                if (heard) {
                  back(call, () -> refuse(call, refused));
                }
              }
            });
  }

  private <R> void answer(Call<R> call, R result) {
    world.trace(() -> call.from() + " hears of " + call.point().what() + ": done");
    call.answer().tryComplete(result);
  }

  private void back(Call<?> call, Runnable hearing) {
    world.time().after(world.latency(call.point().number() + 1), call.from(), hearing);
  }

  private void log(Call<?> call, int status) {
    log.add(
        new ProviderRequest(
            world.time().instant(),
            world.time().instant(),
            call.location(),
            call.kind(),
            call.key(),
            status,
            null));
  }
}
