package io.movingdata.mover.simulate;

import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.SharedData;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** As much of Vert.x as the mover asks for: timers in virtual time, and maps of the process. */
final class SimulatedVertx {
  private final Life life;
  private final Set<Long> timers = new HashSet<>();
  private final Map<String, Map<Object, Object>> maps = new HashMap<>();
  private long lastTimer;

  private SimulatedVertx(Life life) {
    this.life = life;
  }

  /** The Vert.x of a process. */
  static Vertx of(Life life) {
    SimulatedVertx simulated = new SimulatedVertx(life);
    return proxy(Vertx.class, (self, method, args) -> simulated.call(method.getName(), args));
  }

  @SuppressWarnings("unchecked")
  private Object call(String method, Object[] args) {
    return switch (method) {
      case "setPeriodic" -> periodic((long) args[0], (Handler<Long>) args[1]);
      case "cancelTimer" -> timers.remove((Long) args[0]);
      case "timer" -> timer();
      case "sharedData" -> proxy(SharedData.class, (self, asked, names) -> map((String) names[0]));
      default -> throw new UnsupportedOperationException(method);
    };
  }

  private LocalMap<?, ?> map(String name) {
    Map<Object, Object> shared = maps.computeIfAbsent(name, unknown -> new HashMap<>());
    return proxy(
        LocalMap.class,
        (self, method, args) ->
            Map.class.getMethod(method.getName(), method.getParameterTypes()).invoke(shared, args));
  }

  private long periodic(long milliseconds, Handler<Long> handler) {
    long id = ++lastTimer;
    timers.add(id);
    tick(id, milliseconds * VirtualTime.MILLISECOND, handler);
    return id;
  }

  private void tick(long id, long micros, Handler<Long> handler) {
    life.world()
        .time()
        .after(
            micros,
            life,
            () -> {
              if (timers.contains(id)) {
                handler.handle(id);
                tick(id, micros, handler);
              }
            });
  }

  /**
   * A single wait. Those of the mover are between two tries and random anyway, so the simulation
   * chooses them, to be the same in each replay.
   */
  private Timer timer() {
    Promise<Void> fired = Promise.promise();
    long wait =
        life.world().chance().between("wait " + life.node() + life.number(), ++lastTimer, 1, 2_000);
    life.world().time().after(wait * VirtualTime.MILLISECOND, life, fired::tryComplete);
    return proxy(Timer.class, (self, method, args) -> method.invoke(fired.future(), args));
  }

  /** A message that carries a buffer. */
  @SuppressWarnings("unchecked")
  static Message<Buffer> message(Buffer body) {
    return proxy(
        Message.class,
        (self, method, args) -> {
          if (method.getName().equals("body")) {
            return body;
          }
          throw new UnsupportedOperationException(method.getName());
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            SimulatedVertx.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
