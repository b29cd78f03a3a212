package io.movingdata.gateway.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.CatalogStatus;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.contract.SimulatorApi;
import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.Version;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks catalog and locations in the background, so that nobody who asks for health ever waits for
 * them.
 */
public final class HealthService {
  private static final Logger LOG = LoggerFactory.getLogger(HealthService.class);
  private static final long CATALOG_MS = 2_000;
  private static final long LOCATIONS_MS = 5_000;
  private static final long ALERTS_MS = 5_000;
  private static final int MOST_ALERTS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final NodeContext node;
  private final Bus bus;
  private final StorageClient storage;
  private final HealthBoard board;
  private final Consumer<JsonNode> changed;
  private final long startNanos = System.nanoTime();
  private final Set<String> asking = new HashSet<>();
  private final List<Long> timers = new ArrayList<>();
  private String essence = "";
  private String logged = "";

  /**
   * A service that has asked nobody yet.
   *
   * @param changed hears the new picture whenever it is another
   */
  public HealthService(NodeContext node, StorageClient storage, Consumer<JsonNode> changed) {
    this.node = node;
    this.bus = node.bus();
    this.storage = storage;
    this.changed = changed;
    this.board = new HealthBoard(node.config().locations());
  }

  HealthBoard board() {
    return board;
  }

  /** Starts asking. */
  public Future<Void> start() {
    timers.add(bus.vertx().setPeriodic(0, CATALOG_MS, fired -> askCatalog()));
    timers.add(bus.vertx().setPeriodic(0, LOCATIONS_MS, fired -> askLocations()));
    timers.add(bus.vertx().setPeriodic(0, ALERTS_MS, fired -> askAlerts()));
    return Future.all(
            bus.subscribe(
                Events.NODE,
                tick -> {
                  board.node(tick, System.nanoTime());
                  compare();
                }),
            bus.subscribe(
                TelemetryApi.TICK,
                tick -> {
                  board.stream(tick, System.nanoTime());
                  compare();
                }))
        .mapEmpty();
  }

  private void askCatalog() {
    if (asking.add("")) {
      bus.request(CatalogApi.STATUS, Done.DONE, PATIENCE)
          .otherwise(failure -> new CatalogStatus(false, -1, 0, failure.getMessage()))
          .onSuccess(
              status -> {
                asking.remove("");
                board.catalog(status);
                compare();
              });
    }
  }

  /** Where no node runs the rules there are none; nor load where none runs the simulator. */
  private void askAlerts() {
    bus.request(SimulatorApi.GET_LOAD, Done.DONE, PATIENCE)
        .onComplete(
            load -> {
              board.load(load);
              compare();
            },
            away -> board.load(null));
    bus.request(RulesApi.ALERTS, new RulesApi.AlertQuery(null, MOST_ALERTS), PATIENCE)
        .onSuccess(
            found -> {
              board.alerts(
                  found.alerts().stream().filter(a -> !a.state().equals("resolved")).toList());
              compare();
            });
  }

  private void askLocations() {
    for (LocationConfig location : node.config().locations()) {
      if (asking.add(location.id())) {
        storage
            .probe(location.id())
            .map(probed -> new Reach(true, probed.latencyMs(), null))
            .otherwise(failure -> new Reach(false, -1, failure.getMessage()))
            .onSuccess(
                reach -> {
                  asking.remove(location.id());
                  board.location(location.id(), reach);
                  compare();
                });
      }
    }
  }

  private void compare() {
    String now = HealthView.essence(board, System.nanoTime());
    if (!now.equals(essence)) {
      essence = now;
      changed.accept(view());
    }
    String state = board.status() + " " + HealthView.readiness(board).path("missing");
    if (settled() && !state.equals(logged)) {
      logged = state;
      LOG.info("health: {}", state);
    }
  }

  /** Whether everybody has answered, or failed to, at least once. */
  private boolean settled() {
    return board.locations().values().stream().noneMatch(Reach.UNKNOWN::equals);
  }

  /** The whole picture, from memory. */
  public ObjectNode view() {
    long nanos = System.nanoTime();
    return HealthView.of(board, (nanos - startNanos) / 1_000_000_000L, Version.CURRENT, nanos);
  }

  /** Stops asking. */
  public void stop() {
    timers.forEach(bus.vertx()::cancelTimer);
  }
}
