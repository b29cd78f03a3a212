package io.movingdata.mover.submit;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.audit.Authorizer;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.LastMove;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.TimeId;
import io.movingdata.mover.run.CopyPlan;
import io.movingdata.mover.run.Dispatcher;
import io.movingdata.mover.state.MoveMachine;
import io.movingdata.mover.state.Step;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Turns a request into the file's one active move, joins the one that does the same, or finds that
 * nothing has to be done. Accepted means recorded.
 */
public final class SubmitService {
  /** A request that comes this soon after a move that did the same gets that move's answer. */
  private static final Duration JOIN_WINDOW = Duration.ofSeconds(30);

  private final NodeContext node;
  private final Bus bus;
  private final Authorizer authorizer;
  private final AuditLog audit;
  private final Dispatcher dispatcher;

  public SubmitService(
      NodeContext node, Authorizer authorizer, AuditLog audit, Dispatcher dispatcher) {
    this.node = node;
    this.bus = node.bus();
    this.authorizer = authorizer;
    this.audit = audit;
    this.dispatcher = dispatcher;
  }

  /** Serves {@link MoverApi#SUBMIT}. */
  public Future<MoverApi.Ticket> submit(MoverApi.Submit request) {
    FileIds.require(request.fileId());
    if (request.priority() < 0 || request.priority() > 9) {
      throw MovingDataException.invalid("priority", "must be 0 to 9");
    }
    node.config().requireLocation(request.target());
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(request.fileId(), false))
        .compose(reply -> submit(request, reply.file()));
  }

  private Future<MoverApi.Ticket> submit(MoverApi.Submit request, FileRecord file) {
    if (file == null) {
      throw MovingDataException.of(ErrorCode.OBJECT_NOT_FOUND, "no file of this id");
    }
    String from = file.primary();
    authorizer.require(
        request.requester(), action(request), file.id(), List.of(from, request.target()));
    boolean there =
        request.kind() == MoveKind.COPY
            ? file.verifiedAt(request.target()).isPresent()
            : from.equals(request.target());
    return there ? alreadyThere(request, file) : insert(request, file, null);
  }

  private static String action(MoverApi.Submit request) {
    return request.kind() == MoveKind.MOVE ? "move.submit" : "copy.submit";
  }

  /**
   * Nothing to do: but a move that has just done it, or is just ending, is the answer of those who
   * asked for the same at the same time.
   */
  private Future<MoverApi.Ticket> alreadyThere(MoverApi.Submit request, FileRecord file) {
    LastMove last = file.lastMove();
    Instant recent = node.clock().instant().minus(JOIN_WINDOW);
    boolean joins =
        request.kind() == MoveKind.MOVE
            && last != null
            && last.to().equals(request.target())
            && last.at().isAfter(recent);
    if (!joins) {
      return Future.succeededFuture(
          new MoverApi.Ticket(null, file.primary(), request.target(), false));
    }
    return bus.request(CatalogApi.GET_MOVE, new CatalogApi.GetMove(last.moveId(), null))
        .map(reply -> new MoverApi.Ticket(reply.move(), last.from(), last.to(), true));
  }

  /** Records a move of a file to where it is not yet; {@code jobId} may be null. */
  public Future<MoverApi.Ticket> insert(MoverApi.Submit request, FileRecord file, String jobId) {
    Instant now = node.clock().instant();
    MoveRecord unnamed =
        MoveMachine.plan(
            TimeId.next(now),
            file.id(),
            request.kind(),
            file.primary(),
            request.target(),
            file.contentId(),
            request.priority(),
            jobId,
            request.requester(),
            file.sizeBytes(),
            now);
    MoveRecord planned =
        Step.next(unnamed, file) == Step.NAME_COPY
            ? MoveMachine.named(
                unnamed, CopyPlan.plan(file, node.config().requireLocation(request.target()), now))
            : unnamed;
    boolean here = jobId == null && dispatcher.reserve(planned);
    MoveRecord wanted = here ? claimed(planned, now) : planned;
    CrashPoint.BEFORE_CLAIM.reached();
    return bus.request(CatalogApi.INSERT_MOVE, wanted)
        .onFailure(
            failure -> {
              if (here) {
                dispatcher.release(planned);
              }
            })
        .map(reply -> inserted(request, reply, planned, here));
  }

  private MoveRecord claimed(MoveRecord planned, Instant now) {
    Duration lease = Duration.ofMillis(node.config().mover().leaseMs());
    return MoveMachine.claim(planned, node.config().node().id(), now, lease);
  }

  private MoverApi.Ticket inserted(
      MoverApi.Submit request, CatalogApi.MoveInserted reply, MoveRecord planned, boolean here) {
    MoveRecord move = reply.move();
    if (reply.inserted()) {
      accepted(request, move, here);
      return new MoverApi.Ticket(move, move.from(), move.target(), false);
    }
    if (here) {
      dispatcher.release(planned);
    }
    boolean same =
        move.target().equals(request.target())
            && move.kind() == request.kind()
            && !move.cancelRequested()
            && move.state() != MoveState.ABORTING;
    if (!same) {
      throw MovingDataException.of(
          ErrorCode.MOVE_IN_PROGRESS,
          "move " + move.moveId() + " of this file to " + move.target() + " is running");
    }
    return new MoverApi.Ticket(move, move.from(), move.target(), true);
  }

  private void accepted(MoverApi.Submit request, MoveRecord move, boolean here) {
    if (move.jobId() == null) {
      audit.record(
          request.requester(),
          action(request),
          move.fileId(),
          move.target(),
          "allowed",
          "from " + move.from(),
          move.moveId());
    }
    if (here) {
      dispatcher.runReserved(move);
    } else if (move.jobId() == null) {
      bus.publish(Events.WORK, new Events.WorkHint("moves"));
    }
  }
}
