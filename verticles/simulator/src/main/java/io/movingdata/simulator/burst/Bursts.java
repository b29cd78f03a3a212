package io.movingdata.simulator.burst;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.SimulatorApi;
import io.movingdata.core.contract.SimulatorApi.Burst;
import io.movingdata.core.contract.SimulatorApi.BurstRef;
import io.movingdata.core.contract.SimulatorApi.StartBurst;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.TimeId;
import io.movingdata.simulator.load.LoadModel;
import io.movingdata.simulator.load.Subjects;
import io.movingdata.simulator.load.SyntheticMoves;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bursts that run here, and what is known of those of other nodes. */
public final class Bursts {
  private static final int MOST_RUNNING = 4;
  private static final int MOST_KNOWN = 200;
  private static final int MOST_PACE_MS = 10_000;

  private final Bus bus;
  private final Clock clock;
  private final Subjects subjects;
  private final SyntheticMoves moves;
  private final Map<String, BurstRun> running = new LinkedHashMap<>();
  private final Map<String, Burst> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Burst> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  public Bursts(NodeContext node, Subjects subjects, SyntheticMoves moves) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.subjects = subjects;
    this.moves = moves;
  }

  /** A burst somewhere went on. */
  public void heard(Burst burst) {
    known.put(burst.burstId(), burst);
  }

  /** Carries out {@code SimulatorApi.START}. */
  public Future<Burst> start(StartBurst request) {
    if (request.events() < 1 || request.events() > SimulatorApi.MOST_EVENTS) {
      throw MovingDataException.invalid("events", "must be 1 to " + SimulatorApi.MOST_EVENTS);
    }
    if (request.paceMs() < 0 || request.paceMs() > MOST_PACE_MS) {
      throw MovingDataException.invalid("pace_ms", "must be 0 to " + MOST_PACE_MS);
    }
    if (running.size() >= MOST_RUNNING) {
      throw MovingDataException.of(
              ErrorCode.OVERLOADED, MOST_RUNNING + " bursts run already; cancel one or wait")
          .withRetryAfterMs(5_000);
    }
    Future<List<LoadModel.Subject>> files =
        request.fileIds().isEmpty() ? subjects.newest() : subjects.named(request.fileIds());
    return files.map(
        found -> {
          if (found.isEmpty()) {
            throw MovingDataException.of(
                ErrorCode.CONFLICT, "there are no files yet; POST /seed makes some");
          }
          BurstRun run =
              new BurstRun(bus, clock, TimeId.next(clock.instant()), request, found, moves);
          running.put(run.id(), run);
          run.start().onComplete(done -> running.remove(run.id()));
          heard(run.view());
          return run.view();
        });
  }

  /** Carries out {@code SimulatorApi.GET_BURST}. */
  public Future<Burst> get(BurstRef request) {
    BurstRun here = running.get(request.burstId());
    Burst burst = here == null ? known.get(request.burstId()) : here.view();
    if (burst == null) {
      throw MovingDataException.of(ErrorCode.MOVE_NOT_FOUND, "no burst of this id is known");
    }
    return Future.succeededFuture(burst);
  }

  /** Ends a burst, if it runs here. */
  public void cancel(BurstRef request) {
    BurstRun here = running.get(request.burstId());
    if (here != null) {
      here.cancel();
    }
  }

  /** Ends all that run here. */
  public void stop() {
    List.copyOf(running.values()).forEach(BurstRun::cancel);
  }
}
