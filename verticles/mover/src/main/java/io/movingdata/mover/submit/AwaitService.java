package io.movingdata.mover.submit;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.TimeId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Waits until moves are decided: told by events, and by a poll where an event was lost. */
public final class AwaitService {
  private static final long POLL_MS = 500;
  private static final long MOST_MS = 120_000;

  private final Bus bus;
  private final Map<String, Set<Promise<Void>>> waiting = new HashMap<>();

  public AwaitService(Bus bus) {
    this.bus = bus;
  }

  /** Starts listening. */
  public Future<Void> start() {
    return bus.subscribe(Events.MOVE, this::onMove).mapEmpty();
  }

  private void onMove(Events.MoveEvent event) {
    if (decided(event.state())) {
      Set<Promise<Void>> woken = waiting.remove(event.moveId());
      if (woken != null) {
        woken.forEach(Promise::tryComplete);
      }
    }
  }

  private static boolean decided(MoveState state) {
    return state == MoveState.COMMITTED || state == MoveState.STUCK || state.terminal();
  }

  /** Serves {@link MoverApi#AWAIT}. */
  public Future<MoverApi.MoveView> await(MoverApi.Await request) {
    if (!TimeId.valid(request.moveId())) {
      throw MovingDataException.of(ErrorCode.MOVE_NOT_FOUND, "no move of this id");
    }
    long most = Math.max(0, Math.min(request.timeoutMs(), MOST_MS));
    return look(request.moveId(), System.nanoTime() + most * 1_000_000);
  }

  private Future<MoverApi.MoveView> look(String moveId, long endNanos) {
    return bus.request(CatalogApi.GET_MOVE, new CatalogApi.GetMove(moveId, null))
        .compose(
            reply -> {
              MoveRecord move = reply.move();
              if (move == null) {
                throw MovingDataException.of(ErrorCode.MOVE_NOT_FOUND, "no move of this id");
              }
              long leftMs = (endNanos - System.nanoTime()) / 1_000_000;
              if (decided(move.state()) || leftMs <= 0) {
                return Future.succeededFuture(new MoverApi.MoveView(move));
              }
              return pause(moveId, Math.min(POLL_MS, leftMs))
                  .compose(woken -> look(moveId, endNanos));
            });
  }

  private Future<Void> pause(String moveId, long milliseconds) {
    Promise<Void> woken = Promise.promise();
    waiting.computeIfAbsent(moveId, id -> new HashSet<>()).add(woken);
    long timer = bus.vertx().setTimer(Math.max(1, milliseconds), fired -> woken.tryComplete());
    return woken
        .future()
        .onComplete(
            done -> {
              bus.vertx().cancelTimer(timer);
              Set<Promise<Void>> others = waiting.get(moveId);
              if (others != null && others.remove(woken) && others.isEmpty()) {
                waiting.remove(moveId);
              }
            });
  }
}
