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
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
  private final LongSupplier nanoTime;
  private final Duration lease;
  private final String owner;
  private final long epoch;
  private MoveRecord current;
  private UnaryOperator<MoveRecord> noted = UnaryOperator.identity();
  private MoveRecord view;
  private Future<MoveRecord> tail;
  private boolean lost;
  private long heldUntilNanos;
  private long bytesDone;

  MoveHandle(Bus bus, Clock clock, LongSupplier nanoTime, Duration lease, MoveRecord claimed) {
    this.bus = bus;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.lease = lease;
    this.owner = claimed.owner();
    this.epoch = claimed.epoch();
    this.current = claimed;
    this.view = claimed;
    this.tail = Future.succeededFuture(claimed);
    this.bytesDone = claimed.bytesDone();
    extend(nanoTime.getAsLong());
  }

  /** The move as it stands, with what is noted and not yet durable. */
  MoveRecord move() {
    return view;
  }

  /** Notes progress; it is saved with the next renewal. */
  void progress(long bytes) {
    bytesDone = Math.max(bytesDone, bytes);
  }

  /** Begins anew: what was done so far is of no use for what follows. */
  void startOver() {
    bytesDone = 0;
  }

  /** Whether the claim stood when it was last saved and two thirds of the lease are not over. */
  boolean held() {
    return !lost && nanoTime.getAsLong() - heldUntilNanos < 0;
  }

  Future<MoveRecord> renew() {
    return update(move -> MoveMachine.renew(move, clock.instant(), lease, bytesDone));
  }

  /**
   * Makes a transition that nothing relies on before the next one is durable: it becomes durable
   * with that.
   */
  Future<MoveRecord> note(UnaryOperator<MoveRecord> transition) {
    tail =
        tail.transform(
            before -> {
              UnaryOperator<MoveRecord> earlier = noted;
              view = transition.apply(view);
              noted = move -> transition.apply(earlier.apply(move));
              return Future.succeededFuture(view);
            });
    return tail;
  }

  /** Makes a transition durable; fails with {@link LeaseLostException} once the claim is gone. */
  Future<MoveRecord> update(UnaryOperator<MoveRecord> transition) {
    tail = tail.transform(before -> attempt(transition, this::save, 0));
    return tail;
  }

  /** Makes the last transition durable and writes the history; nothing may be saved after it. */
  Future<MoveRecord> finish(UnaryOperator<MoveRecord> transition) {
    tail =
        tail.transform(before -> attempt(transition, this::archive, 0))
            .onSuccess(ended -> lost = true);
    return tail;
  }

  private Future<MoveRecord> attempt(
      UnaryOperator<MoveRecord> transition,
      Function<MoveRecord, Future<MoveRecord>> store,
      int conflicts) {
    if (lost) {
      return Future.failedFuture(new LeaseLostException(current.moveId()));
    }
    MoveRecord next;
    try {
      next = transition.apply(noted.apply(current));
    } catch (MovingDataException notAllowed) {
      return Future.failedFuture(notAllowed);
    }
    long sentAt = nanoTime.getAsLong();
    return store
        .apply(next)
        .map(saved -> accept(saved, sentAt))
        .recover(
            failure ->
                unclear(failure) && conflicts < MOST_CONFLICTS
                    ? reread(transition, store, next, conflicts + 1)
                    : Future.failedFuture(failure));
  }

  private Future<MoveRecord> save(MoveRecord next) {
    return patiently(() -> bus.request(CatalogApi.SAVE_MOVE, next)).map(CatalogApi.MoveReply::move);
  }

  private Future<MoveRecord> archive(MoveRecord next) {
    return patiently(() -> bus.request(CatalogApi.FINISH_MOVE, next)).map(done -> next);
  }

  private <T> Future<T> patiently(Supplier<Future<T>> request) {
    return Retries.run(
        bus.vertx(),
        RetryPolicy.BUS,
        failure -> MovingDataException.isRetryable(failure) && !unclear(failure),
        request);
  }

  private static boolean unclear(Throwable failure) {
    return MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
        || MovingDataException.is(failure, ErrorCode.SERVICE_TIMEOUT);
  }

  private Future<MoveRecord> reread(
      UnaryOperator<MoveRecord> transition,
      Function<MoveRecord, Future<MoveRecord>> store,
      MoveRecord wanted,
      int conflicts) {
    long sentAt = nanoTime.getAsLong();
    return bus.request(CatalogApi.GET_MOVE, new CatalogApi.GetMove(current.moveId(), null))
        .compose(
            reply -> {
              MoveRecord found = reply.move();
              // Only the owner changes the state, so a state that is there was made by us.
              boolean applied =
                  found != null
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
              view = noted.apply(found);
              return attempt(transition, store, conflicts);
            });
  }

  private MoveRecord accept(MoveRecord saved, long sentAt) {
    current = saved;
    view = saved;
    noted = UnaryOperator.identity();
    extend(sentAt);
    return saved;
  }

  private void extend(long fromNanos) {
    heldUntilNanos = fromNanos + lease.toNanos() * 2 / 3;
  }
}
