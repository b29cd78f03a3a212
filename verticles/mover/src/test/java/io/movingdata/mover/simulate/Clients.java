package io.movingdata.mover.simulate;

import io.movingdata.core.contract.MoverApi;
import io.movingdata.core.contract.MoverApi.MoveRef;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.judge.ClientOperation;
import io.movingdata.core.judge.OperationKind;
import io.movingdata.core.judge.Outcome;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Requester;
import io.movingdata.mover.simulate.Step.Command;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Those who ask for things, and remember what they were told. */
final class Clients {
  private static final Requester WHO = new Requester("client", List.of("system"), null);

  private final World world;
  private final List<Call> calls = new ArrayList<>();
  private final Map<String, String> lastMove = new HashMap<>();

  Clients(World world) {
    this.world = world;
  }

  /** One call, whose answer may never come. */
  private static final class Call {
    final OperationKind kind;
    final Command command;
    final Instant invoked;
    Instant answered;
    Outcome outcome = Outcome.UNKNOWN;
    String sha256;
    String moveId;

    Call(OperationKind kind, Command command, Instant invoked) {
      this.kind = kind;
      this.command = command;
      this.invoked = invoked;
    }

    ClientOperation operation() {
      boolean moves = kind == OperationKind.MOVE;
      return new ClientOperation(
          kind,
          command.file(),
          invoked,
          answered,
          outcome,
          sha256,
          moves ? command.location() : null,
          moveId,
          null,
          null);
    }
  }

  /** Every call and what came of it. */
  List<ClientOperation> history() {
    return calls.stream().map(Call::operation).toList();
  }

  void perform(Command command) {
    Product product = world.product(command.node());
    if (product == null) {
      return;
    }
    world.trace(() -> "client " + command);
    switch (command.ask()) {
      case UPLOAD -> upload(command, product);
      case MOVE -> move(command, product, MoveKind.MOVE);
      case COPY -> move(command, product, MoveKind.COPY);
      case DELETE -> delete(command, product);
      case READ -> read(command, product);
      case CANCEL -> control(command, product, false);
      case RETRY -> control(command, product, true);
      case DROP ->
          ignored(
              product.deletions.dropReplica(
                  new MoverApi.DropReplica(command.file(), command.location(), WHO)));
      case DAMAGE -> world.watch().damage(command);
    }
  }

  private void upload(Command command, Product product) {
    Call call = begin(OperationKind.WRITE, command);
    call.sha256 = UploadProgram.sha256(command.content());
    new UploadProgram(product, command)
        .run()
        .onComplete(file -> answered(call, Outcome.OK), failure -> failed(call, failure));
  }

  private void move(Command command, Product product, MoveKind kind) {
    Call call = begin(OperationKind.MOVE, command);
    product
        .submits
        .submit(new MoverApi.Submit(command.file(), command.location(), kind, 5, WHO))
        .onComplete(
            ticket -> {
              if (ticket.move() == null) {
                answered(call, Outcome.OK);
              } else {
                call.moveId = ticket.move().moveId();
                lastMove.put(command.file(), call.moveId);
              }
            },
            failure -> failed(call, failure));
  }

  private void delete(Command command, Product product) {
    Call call = begin(OperationKind.DELETE, command);
    product
        .deletions
        .delete(new MoverApi.DeleteFile(command.file(), null, WHO))
        .onComplete(done -> answered(call, Outcome.OK), failure -> failed(call, failure));
  }

  private void read(Command command, Product product) {
    Call call = begin(OperationKind.READ, command);
    new ReadProgram(product, command.file())
        .run()
        .onComplete(
            sha256 -> {
              call.sha256 = sha256;
              answered(call, Outcome.OK);
            },
            failure -> failed(call, failure));
  }

  private void control(Command command, Product product, boolean retry) {
    String moveId =
        world.catalog().activeMoves().stream()
            .filter(move -> move.fileId().equals(command.file()))
            .map(MoveRecord::moveId)
            .findFirst()
            .orElse(lastMove.get(command.file()));
    if (moveId != null) {
      MoveRef ref = new MoveRef(moveId, WHO);
      ignored(retry ? product.controls.retry(ref) : product.controls.cancel(ref));
    }
  }

  private Call begin(OperationKind kind, Command command) {
    Call call = new Call(kind, command, world.time().instant());
    calls.add(call);
    return call;
  }

  private void answered(Call call, Outcome outcome) {
    call.answered = world.time().instant();
    call.outcome = outcome;
    world.trace(() -> "client of " + call.command + " is told " + outcome);
  }

  /** A refusal says that it is not done; a failure says nothing. */
  private void failed(Call call, Throwable failure) {
    ErrorCode code =
        failure instanceof MovingDataException known ? known.code() : ErrorCode.INTERNAL;
    if (code == ErrorCode.INTERNAL) {
      world.watch().unexpected(failure);
    }
    world.trace(() -> "client of " + call.command + " is told " + code);
    if (code.httpStatus() < 500) {
      answered(call, Outcome.FAILED);
    }
  }

  private static void ignored(Future<?> answer) {
    answer.onComplete(done -> {}, failure -> {});
  }
}
