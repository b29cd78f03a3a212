package io.movingdata.gateway.moves;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.model.MoveRecord;
import io.vertx.core.Future;
import java.time.Duration;

/** Waits for moves. */
public final class MoveWait {
  private static final Duration SLACK = Duration.ofSeconds(10);

  private final Bus bus;

  public MoveWait(Bus bus) {
    this.bus = bus;
  }

  /** The move as it stands once it is decided, or once the wait is over. */
  public Future<MoveRecord> until(MoveRecord move, long waitMs) {
    if (waitMs <= 0) {
      return Future.succeededFuture(move);
    }
    MoverApi.Await request = new MoverApi.Await(move.moveId(), waitMs);
    return bus.request(MoverApi.AWAIT, request, Duration.ofMillis(waitMs).plus(SLACK))
        .map(MoverApi.MoveView::move);
  }
}
