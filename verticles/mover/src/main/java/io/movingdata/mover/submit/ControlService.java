package io.movingdata.mover.submit;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.TimeId;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.mover.state.MoveMachine;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.UnaryOperator;

/** Cancelling moves, and trying stuck ones again. */
public final class ControlService {
  private final Bus bus;
  private final Authorizer authorizer;
  private final AuditLog audit;

  public ControlService(Bus bus, Authorizer authorizer, AuditLog audit) {
    this.bus = bus;
    this.authorizer = authorizer;
    this.audit = audit;
  }

  /** Serves {@link MoverApi#CANCEL}. */
  public Future<MoverApi.MoveView> cancel(MoverApi.MoveRef request) {
    return change(request, "move.cancel", MoveMachine::requestCancel);
  }

  /** Serves {@link MoverApi#RETRY}. */
  public Future<MoverApi.MoveView> retry(MoverApi.MoveRef request) {
    return change(request, "move.retry", MoveMachine::retry);
  }

  private Future<MoverApi.MoveView> change(
      MoverApi.MoveRef request, String action, UnaryOperator<MoveRecord> transition) {
    if (!TimeId.valid(request.moveId())) {
      throw MovingDataException.of(ErrorCode.MOVE_NOT_FOUND, "no move of this id");
    }
    return Retries.run(
            bus.vertx(),
            RetryPolicy.BUS,
            failure -> MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT),
            () -> tryOnce(request, action, transition))
        .map(
            changed -> {
              audit.record(
                  request.requester(),
                  action,
                  changed.fileId(),
                  changed.target(),
                  "allowed",
                  null,
                  changed.moveId());
              bus.publish(Events.WORK, new Events.WorkHint("moves"));
              return new MoverApi.MoveView(changed);
            });
  }

  private Future<MoveRecord> tryOnce(
      MoverApi.MoveRef request, String action, UnaryOperator<MoveRecord> transition) {
    return bus.request(CatalogApi.GET_MOVE, new CatalogApi.GetMove(request.moveId(), null))
        .compose(
            reply -> {
              MoveRecord move = reply.move();
              if (move == null) {
                throw MovingDataException.of(ErrorCode.MOVE_NOT_FOUND, "no move of this id");
              }
              authorizer.require(
                  request.requester(), action, move.fileId(), List.of(move.from(), move.target()));
              return bus.request(CatalogApi.SAVE_MOVE, transition.apply(move))
                  .map(CatalogApi.MoveReply::move);
            });
  }
}
