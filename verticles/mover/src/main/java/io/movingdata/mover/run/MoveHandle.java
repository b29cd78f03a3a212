package io.movingdata.mover.run;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.mover.state.MoveMachine;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A claimed move in the hands of its owner. Changes are made one after another, each by one
 * compare-and-set; a lost one is read again and, while the claim still stands, made again (somebody
 * else may only ask for a cancel). Once the claim is gone every change fails.
 */
final class MoveHandle {
  private static final int MOST_CONFLICTS = 8;

  private final Bus bus;
  private final Clock clock;
  private final Duration lease;
  private final String owner;
  private final long epoch;
  private MoveRecord current;
  private Future<MoveRecord> tail;
  private boolean lost;
  private long heldUntilNanos;
  private long bytesDone;

  MoveHandle(Bus bus, Clock clock, Duration lease, MoveRecord claimed) {
    this.bus = bus;
    this.clock = clock;
    this.lease = lease;
    this.owner = claimed.owner();
    this.epoch = claimed.epoch();
    this.current = claimed;
    this.tail = Future.succeededFuture(claimed);
    this.bytesDone = claimed.bytesDone();
    extend(System.nanoTime());
  }

  MoveRecord move() {
    return current;
  }

  /** The move is in the history; nothing may be saved any more. */
  void close(MoveRecord ended) {
    current = ended;
    lost = true;
  }

  /** Notes progress; it is saved with the next renewal. */
  void progress(long bytes) {
    bytesDone = Math.max(bytesDone, bytes);
  }

  /** Whether the claim stood when it was last saved and two thirds of the lease are not over. */
  boolean held() {
    return !lost && System.nanoTime() - heldUntilNanos < 0;
  }

  Future<MoveRecord> renew() {
    return update(move -> MoveMachine.renew(move, clock.instant(), lease, bytesDone));
  }

  /** Makes a transition durable; fails with {@link LeaseLostException} once the claim is gone. */
  Future<MoveRecord> update(UnaryOperator<MoveRecord> transition) {
    tail = tail.transform(before -> attempt(transition, 0));
    return tail;
  }

  private Future<MoveRecord> attempt(UnaryOperator<MoveRecord> transition, int conflicts) {
    if (lost) {
      return Future.failedFuture(new LeaseLostException(current.moveId()));
    }
    MoveRecord next;
    try {
      next = transition.apply(current);
    } catch (MovingDataException notAllowed) {
      return Future.failedFuture(notAllowed);
    }
    long sentAt = System.nanoTime();
    return save(next)
        .map(saved -> accept(saved, sentAt))
        .recover(
            failure ->
                unclear(failure) && conflicts < MOST_CONFLICTS
                    ? reread(transition, next, conflicts + 1)
                    : Future.failedFuture(failure));
  }

  private Future<MoveRecord> save(MoveRecord next) {
    return Retries.run(
            bus.vertx(),
            RetryPolicy.BUS,
            failure -> MovingDataException.isRetryable(failure) && !unclear(failure),
            () -> bus.request(CatalogApi.SAVE_MOVE, next))
        .map(CatalogApi.MoveReply::move);
  }

  private static boolean unclear(Throwable failure) {
    return MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
        || MovingDataException.is(failure, ErrorCode.SERVICE_TIMEOUT);
  }

  private Future<MoveRecord> reread(
      UnaryOperator<MoveRecord> transition, MoveRecord wanted, int conflicts) {
    long sentAt = System.nanoTime();
    return bus.request(CatalogApi.GET_MOVE, new CatalogApi.GetMove(current.moveId(), null))
        .compose(
            reply -> {
              MoveRecord found = reply.move();
              boolean applied =
                  found != null
                      && found.version() > current.version()
                      && found.epoch() == epoch
                      && found.state() == wanted.state()
                      && current.state() != wanted.state();
              if (applied) {
                return Future.succeededFuture(accept(found, sentAt));
              }
              if (!MoveMachine.heldBy(found, owner, epoch)) {
                lost = true;
                return Future.failedFuture(new LeaseLostException(current.moveId()));
              }
              current = found;
              return attempt(transition, conflicts);
            });
  }

  private MoveRecord accept(MoveRecord saved, long sentAt) {
    current = saved;
    extend(sentAt);
    return saved;
  }

  private void extend(long fromNanos) {
    heldUntilNanos = fromNanos + lease.toNanos() * 2 / 3;
  }
}
