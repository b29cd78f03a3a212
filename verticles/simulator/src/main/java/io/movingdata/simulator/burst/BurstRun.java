package io.movingdata.simulator.burst;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.SimulatorApi;
import io.movingdata.core.contract.SimulatorApi.Burst;
import io.movingdata.core.contract.SimulatorApi.StartBurst;
import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.simulator.load.LoadModel;
import io.movingdata.simulator.load.SyntheticMoves;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * One burst as it runs: a step every 100 ms at most, each with as many events as the pace allows.
 */
final class BurstRun {
  private static final int STEP_MS = 100;
  private static final int MOST_A_STEP = 500;
  private static final int EVENTS_PER_MOVE = 50;

  private final Bus bus;
  private final Clock clock;
  private final String id;
  private final StartBurst request;
  private final List<LoadModel.Subject> files;
  private final SyntheticMoves moves;
  private final LoadModel model;
  private final Random random;
  private final Instant startedAt;
  private int generated;
  private int moved;
  private int enqueued;
  private String state = "running";
  private String error;
  private Instant finishedAt;

  BurstRun(
      Bus bus,
      Clock clock,
      String id,
      StartBurst request,
      List<LoadModel.Subject> files,
      SyntheticMoves moves) {
    this.bus = bus;
    this.clock = clock;
    this.id = id;
    this.request = request;
    this.files = files;
    this.moves = moves;
    this.model = new LoadModel(request.seed());
    this.random = new Random(request.seed());
    this.startedAt = clock.instant();
  }

  String id() {
    return id;
  }

  void cancel() {
    if (state.equals("running")) {
      state = "cancelled";
    }
  }

  Future<Void> start() {
    return step()
        .onComplete(
            done -> end(state.equals("running") ? "done" : state),
            failure -> {
              error = failure.getMessage();
              end("failed");
            });
  }

  private void end(String last) {
    state = last;
    finishedAt = clock.instant();
    bus.publish(SimulatorApi.BURST, view());
  }

  private Future<Void> step() {
    int left = request.events() - generated;
    if (left <= 0 || !state.equals("running")) {
      return Future.succeededFuture();
    }
    int pace = request.paceMs();
    int count = Math.min(left, pace == 0 ? MOST_A_STEP : Math.max(1, STEP_MS / pace));
    List<AccessEvent> events = new ArrayList<>();
    Instant now = clock.instant();
    for (int i = 0; i < count; i++) {
      events.add(model.next(files, now));
    }
    return send(events)
        .compose(sent -> move(count))
        .compose(
            done -> {
              generated += count;
              bus.publish(SimulatorApi.BURST, view());
              return pace == 0
                  ? Future.succeededFuture()
                  : bus.vertx().timer(Math.max(1, (long) pace * count), TimeUnit.MILLISECONDS);
            })
        .compose(waited -> step());
  }

  private Future<Void> send(List<AccessEvent> events) {
    return request.streamEvents()
        ? bus.request(TelemetryApi.INGEST, new TelemetryApi.Ingest(events))
            .map(
                done -> {
                  enqueued += events.size();
                  return null;
                })
        : Future.succeededFuture();
  }

  /** One move for every so many events. */
  private Future<Void> move(int count) {
    int due = (generated + count) / EVENTS_PER_MOVE - generated / EVENTS_PER_MOVE;
    Future<Void> all = Future.succeededFuture();
    for (int i = 0; request.includeMoves() && i < due; i++) {
      LoadModel.Subject file = files.get(random.nextInt(files.size()));
      all =
          all.compose(done -> moves.move(file, random, request.requester()))
              .map(
                  started -> {
                    moved += started ? 1 : 0;
                    return null;
                  });
    }
    return all;
  }

  Burst view() {
    return new Burst(
        id, state, request.events(), generated, moved, enqueued, error, startedAt, finishedAt);
  }
}
