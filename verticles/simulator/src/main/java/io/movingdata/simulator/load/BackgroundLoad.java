package io.movingdata.simulator.load;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.SimulatorApi;
import io.movingdata.core.contract.SimulatorApi.Load;
import io.movingdata.core.contract.SimulatorApi.PutLoad;
import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.Requester;
import io.movingdata.core.state.StateStore;
import io.movingdata.core.state.StateStore.Stored;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Load in the background, made by one node of the cluster at a time. How it is set stands in the
 * catalog, so it is the same whoever is asked, and survives restarts.
 */
public final class BackgroundLoad {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoad.class);
  private static final String KIND = "simulator";
  private static final String ID = "load";
  private static final long TICK_MS = 1_000;
  private static final long TURN_MS = 6_000;
  private static final int MOST_PER_MINUTE = 60_000;
  private static final int USUAL_PER_MINUTE = 60;
  private static final int EVENTS_PER_MOVE = 300;
  private static final Requester SELF = new Requester("simulator", List.of("system"), "simulator");

  /** How the load is set, and whose turn it is. */
  record Setting(
      boolean enabled,
      int eventsPerMinute,
      long seed,
      boolean includeMoves,
      long events,
      long moves,
      String owner,
      Instant until) {
    Load view() {
      return new Load(enabled, eventsPerMinute, seed, includeMoves, events, moves, owner);
    }
  }

  private final NodeContext node;
  private final Bus bus;
  private final Clock clock;
  private final StateStore<Setting> store;
  private final Subjects subjects;
  private final SyntheticMoves syntheticMoves;
  private LoadModel model;
  private long modelSeed;
  private Random random;
  private boolean busy;
  private long timer = -1;

  public BackgroundLoad(NodeContext node, Subjects subjects, SyntheticMoves syntheticMoves) {
    this.node = node;
    this.bus = node.bus();
    this.clock = node.clock();
    this.store = new StateStore<>(bus, clock, KIND, Setting.class);
    this.subjects = subjects;
    this.syntheticMoves = syntheticMoves;
  }

  /** Starts looking whether it is this node's turn. */
  public void start() {
    timer = bus.vertx().setPeriodic(TICK_MS, fired -> tick());
  }

  private Future<Stored<Setting>> stored() {
    return store.get(ID).map(found -> found.orElseGet(() -> new Stored<>(ID, initial(), 0)));
  }

  private Setting initial() {
    boolean on = node.config().node().syntheticLoad();
    return new Setting(on, USUAL_PER_MINUTE, 1, true, 0, 0, null, null);
  }

  private Future<Setting> write(Setting next, long version) {
    return store.put(ID, version, next).map(next);
  }

  /** Carries out {@code SimulatorApi.GET_LOAD}. */
  public Future<Load> get(Done all) {
    return stored().map(found -> found.value().view());
  }

  /** Carries out {@code SimulatorApi.PUT_LOAD}. */
  public Future<Load> put(PutLoad request) {
    Integer rate = request.eventsPerMinute();
    if (rate != null && (rate < 1 || rate > MOST_PER_MINUTE)) {
      throw MovingDataException.invalid("events_per_minute", "must be 1 to " + MOST_PER_MINUTE);
    }
    return stored()
        .compose(
            found -> {
              Setting before = found.value();
              boolean on = request.enabled() == null ? before.enabled() : request.enabled();
              boolean anew = on && !before.enabled();
              return write(
                  new Setting(
                      on,
                      rate == null ? before.eventsPerMinute() : rate,
                      request.seed() == null ? before.seed() : request.seed(),
                      request.includeMoves() == null
                          ? before.includeMoves()
                          : request.includeMoves(),
                      anew ? 0 : before.events(),
                      anew ? 0 : before.moves(),
                      before.owner(),
                      before.until()),
                  found.version());
            })
        .map(Setting::view)
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                    ? put(request)
                    : Future.failedFuture(failure))
        .onSuccess(load -> bus.publish(SimulatorApi.LOAD, load));
  }

  private void tick() {
    if (busy) {
      return;
    }
    busy = true;
    stored()
        .compose(this::turn)
        .onFailure(failure -> LOG.debug("no synthetic load: {}", failure.getMessage()))
        .onComplete(done -> busy = false);
  }

  private Future<Void> turn(Stored<Setting> found) {
    Setting setting = found.value();
    Instant now = clock.instant();
    String self = node.config().node().id();
    boolean others =
        setting.owner() != null && !setting.owner().equals(self) && setting.until().isAfter(now);
    if (!setting.enabled() || others) {
      return Future.succeededFuture();
    }
    if (model == null || modelSeed != setting.seed()) {
      model = new LoadModel(setting.seed());
      random = new Random(setting.seed());
      modelSeed = setting.seed();
    }
    return subjects
        .newest()
        .compose(
            files -> {
              int count = files.isEmpty() ? 0 : model.count(setting.eventsPerMinute(), 1, now);
              return send(files, count, now)
                  .compose(
                      sent ->
                          moves(setting, files, sent)
                              .compose(
                                  moved ->
                                      write(
                                          new Setting(
                                              true,
                                              setting.eventsPerMinute(),
                                              setting.seed(),
                                              setting.includeMoves(),
                                              setting.events() + sent,
                                              setting.moves() + (moved ? 1 : 0),
                                              self,
                                              now.plusMillis(TURN_MS)),
                                          found.version())));
            })
        .onSuccess(next -> bus.publish(SimulatorApi.LOAD, next.view()))
        .mapEmpty();
  }

  private Future<Integer> send(List<LoadModel.Subject> files, int count, Instant now) {
    List<AccessEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(model.next(files, now.minusMillis(TICK_MS * i / Math.max(1, count))));
    }
    return events.isEmpty()
        ? Future.succeededFuture(0)
        : bus.request(TelemetryApi.INGEST, new TelemetryApi.Ingest(events)).map(count);
  }

  private Future<Boolean> moves(Setting setting, List<LoadModel.Subject> files, int sent) {
    boolean due = setting.includeMoves() && sent > random.nextInt(EVENTS_PER_MOVE);
    return due
        ? syntheticMoves.move(files.get(random.nextInt(files.size())), random, SELF)
        : Future.succeededFuture(false);
  }

  /** Stops making load. */
  public void stop() {
    bus.vertx().cancelTimer(timer);
  }
}
