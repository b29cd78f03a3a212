package io.movingdata.mover.run;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.model.Replica;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.mover.state.FailurePolicy;
import io.movingdata.mover.state.MoveMachine;
import io.movingdata.mover.state.Step;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one claimed move as far as it goes: to its end, to a later try, or to the stuck list. It
 * asks {@link Step} what comes next and makes it so; the order of effects is the order of steps.
 */
public final class MoveRunner {
  private static final Logger LOG = LoggerFactory.getLogger(MoveRunner.class);

  private final Bus bus;
  private final NodeContext node;
  private final CopyService copies;
  private final Promotion promotion;
  private final MoveAnnouncer announcer;
  private final WantedCopies wanted;
  private final Withdrawal withdrawal;
  private final FailurePolicy failures;
  private final Duration lease;

  public MoveRunner(
      NodeContext node,
      CopyService copies,
      Promotion promotion,
      MoveAnnouncer announcer,
      WantedCopies wanted) {
    this.bus = node.bus();
    this.node = node;
    this.copies = copies;
    this.promotion = promotion;
    this.announcer = announcer;
    this.wanted = wanted;
    NodeConfig.Mover config = node.config().mover();
    this.failures = new FailurePolicy(config);
    this.lease = Duration.ofMillis(config.leaseMs());
    this.withdrawal = new Withdrawal(bus, node.clock(), node.config().collector().graceMs());
  }

  /** Runs a move that this node has claimed; never fails. */
  public Future<MoveRecord> run(MoveRecord claimed) {
    MoveHandle handle = new MoveHandle(bus, node.clock(), node.nanoTime(), lease, claimed);
    long timer =
        bus.vertx()
            .setPeriodic(
                Math.max(1, lease.toMillis() / 3),
                fired ->
                    handle.renew().onFailure(e -> LOG.debug("renewal of {}", claimed.moveId(), e)));
    announce(claimed);
    return readFile(claimed.fileId())
        .compose(file -> steps(handle, file))
        .recover(failure -> fail(handle, failure))
        .recover(failure -> leave(handle, failure))
        .onComplete(ended -> bus.vertx().cancelTimer(timer))
        .map(ended -> handle.move());
  }

  /** Somebody else goes on with the move, now or when the lease is over. */
  private Future<Void> leave(MoveHandle handle, Throwable failure) {
    LOG.warn("move {} is left to its lease: {}", handle.move().moveId(), failure.getMessage());
    return failure instanceof LeaseLostException
        ? withdrawal.disown(handle.move()).otherwiseEmpty()
        : Future.succeededFuture();
  }

  private Future<FileRecord> readFile(String fileId) {
    return Retries.run(
            bus.vertx(),
            RetryPolicy.BUS,
            () -> bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(fileId, false)))
        .map(CatalogApi.FileReply::file);
  }

  private Future<Void> steps(MoveHandle handle, FileRecord file) {
    return switch (Step.next(handle.move(), file)) {
      case FINISH -> finish(handle);
      case ABORT -> abort(handle, file);
      case RECORD_COMMIT -> commit(handle).compose(done -> steps(handle, file));
      case NAME_COPY -> nameCopy(handle, file).compose(done -> steps(handle, file));
      case COPY -> copy(handle, file).compose(done -> steps(handle, file));
      case PROMOTE -> promote(handle, file);
      case SET_ASIDE ->
          promotion
              .setAside(handle, file)
              .compose(left -> steps(handle, left), failure -> afterLostPlacement(handle, failure));
      case SWITCH -> place(handle, file, handle.move().copy(), handle.move().copy().copyId());
    };
  }

  private Future<Void> promote(MoveHandle handle, FileRecord file) {
    return promotion
        .prove(handle, file)
        .compose(
            whole ->
                whole.isEmpty()
                    ? nameCopy(handle, file).compose(done -> steps(handle, file))
                    // The claim must stand after the file was read: see Withdrawal.
                    : handle.renew().compose(held -> place(handle, file, whole.get(), null)));
  }

  private Future<Void> nameCopy(MoveHandle handle, FileRecord file) {
    LocationConfig target = node.config().requireLocation(handle.move().target());
    Replica planned = CopyPlan.plan(file, target, node.clock().instant());
    handle.startOver();
    return handle
        .update(move -> MoveMachine.copying(move, planned))
        .map(CrashPoint.COPY_NAMED::passed)
        .map(this::announce);
  }

  private Future<Void> copy(MoveHandle handle, FileRecord file) {
    return copies
        .copy(handle, file)
        .map(CrashPoint.COPY_STORED::passed)
        .compose(stored -> verified(handle, stored))
        .map(CrashPoint.VERIFIED::passed);
  }

  /** A copy that is one token is as soon written again as read about: no need to record it. */
  private Future<Void> verified(MoveHandle handle, Replica stored) {
    UnaryOperator<MoveRecord> whole = move -> MoveMachine.verified(move, stored);
    return stored.format() == ObjectFormat.FERNET
        ? handle.note(whole).mapEmpty()
        : handle.update(whole).map(this::announce);
  }

  private Future<Void> place(MoveHandle handle, FileRecord file, Replica arrived, String copyId) {
    return wanted
        .arrived(handle.move(), file, arrived)
        .compose(placed -> switchTo(handle, file, placed, copyId));
  }

  private Future<Void> switchTo(
      MoveHandle handle, FileRecord file, FileRecord placed, String copyId) {
    if (!handle.held()) {
      return Future.failedFuture(new LeaseLostException(handle.move().moveId()));
    }
    long graceMs = node.config().collector().graceMs();
    CatalogApi.Place request =
        new CatalogApi.Place(placed, file.version(), copyId, "moved", graceMs);
    return bus.request(CatalogApi.PLACE, request)
        .map(CrashPoint.SWITCHED::passed)
        .compose(reply -> commit(handle).compose(done -> finish(handle)))
        .recover(failure -> afterLostPlacement(handle, failure));
  }

  private Future<Void> afterLostPlacement(MoveHandle handle, Throwable failure) {
    boolean look =
        MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
            || MovingDataException.is(failure, ErrorCode.SERVICE_TIMEOUT);
    return look
        ? readFile(handle.move().fileId()).compose(now -> steps(handle, now))
        : Future.failedFuture(failure);
  }

  /** The file says it already, so the move need not before its end. */
  private Future<Void> commit(MoveHandle handle) {
    return handle
        .note(move -> MoveMachine.committed(move, node.clock().instant()))
        .map(CrashPoint.COMMITTED::passed)
        .mapEmpty();
  }

  private Future<Void> finish(MoveHandle handle) {
    return end(handle, move -> MoveMachine.done(move, node.clock().instant()), "done");
  }

  private Future<Void> end(MoveHandle handle, UnaryOperator<MoveRecord> last, String decision) {
    return handle
        .finish(last)
        .map(
            ended -> {
              announcer.state(ended);
              announcer.ended(ended, decision);
              return null;
            });
  }

  private Future<Void> abort(MoveHandle handle, FileRecord file) {
    String reason = Withdrawal.reason(handle.move(), file);
    return handle
        .update(move -> MoveMachine.aborting(move, reason))
        .map(this::announce)
        .compose(done -> withdrawal.giveUp(handle.move(), file))
        .compose(
            discarded ->
                discarded
                    ? end(
                        handle,
                        move -> MoveMachine.aborted(move, node.clock().instant()),
                        "aborted")
                    : commit(handle).compose(done -> finish(handle)));
  }

  private Future<Void> fail(MoveHandle handle, Throwable failure) {
    if (failure instanceof LeaseLostException) {
      return Future.failedFuture(failure);
    }
    if (handle.move().cancelRequested() && handle.move().state() != MoveState.COMMITTED) {
      return readFile(handle.move().fileId()).compose(file -> steps(handle, file));
    }
    if (!(failure instanceof MovingDataException)) {
      LOG.error("move {} failed in an unexpected way", handle.move().moveId(), failure);
    }
    FailurePolicy.Verdict verdict =
        failures.decide(failure, handle.move().attempts(), node.random());
    Instant at = node.clock().instant().plusMillis(verdict.waitMs());
    return switch (verdict.kind()) {
      case RESUME ->
          handle
              .update(m -> MoveMachine.retryLater(m, verdict.error(), at, verdict.counted()))
              .map(this::announce);
      case RESTART ->
          withdrawal
              .discard(handle.move())
              .compose(gone -> handle.update(m -> MoveMachine.restartLater(m, verdict.error(), at)))
              .map(this::announce);
      case STUCK ->
          withdrawal
              .discard(handle.move())
              .compose(gone -> handle.update(m -> MoveMachine.stuck(m, verdict.error())))
              .map(this::announce);
    };
  }

  private Void announce(MoveRecord move) {
    announcer.state(move);
    return null;
  }
}
