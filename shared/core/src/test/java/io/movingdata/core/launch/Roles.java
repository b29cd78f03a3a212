package io.movingdata.core.launch;

import io.movingdata.core.config.ConfigLoader;
import io.movingdata.core.config.NodeConfig;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Roles that write down when they start and stop. */
final class Roles {
  final List<String> happened = new CopyOnWriteArrayList<>();

  private record Role(String name, int order, Supplier<List<Deployable>> made) implements NodeRole {
    @Override
    public List<Deployable> verticles(NodeContext node) {
      return made.get();
    }
  }

  /** The local profile with some variables on top of it. */
  static NodeConfig config(String... namesAndValues) {
    Map<String, String> environment = new HashMap<>(Map.of("PROFILE", "local"));
    environment.put("NODE_ID", "node-1");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return ConfigLoader.load(Path.of("../../conf"), environment).config();
  }

  NodeRole wellBehaved(String name, int order) {
    return role(name, order, Future.succeededFuture(), Future.succeededFuture());
  }

  NodeRole thatDoesNotStart(String name, int order) {
    return role(
        name,
        order,
        Future.failedFuture(new IllegalStateException("port taken")),
        Future.succeededFuture());
  }

  NodeRole thatNeverStops(String name, int order) {
    return role(name, order, Future.succeededFuture(), Promise.promise().future());
  }

  NodeRole thatThrows(String name, int order) {
    return new Role(
        name,
        order,
        () -> {
          throw new IllegalStateException("thrown");
        });
  }

  private NodeRole role(String name, int order, Future<?> start, Future<?> stop) {
    return new Role(name, order, () -> List.of(new Verticle(name, start, stop)));
  }

  private final class Verticle extends VerticleBase {
    private final String name;
    private final Future<?> start;
    private final Future<?> stop;

    Verticle(String name, Future<?> start, Future<?> stop) {
      this.name = name;
      this.start = start;
      this.stop = stop;
    }

    @Override
    public Future<?> start() {
      happened.add("+" + name);
      return start;
    }

    @Override
    public Future<?> stop() {
      happened.add("-" + name);
      return stop;
    }
  }
}
