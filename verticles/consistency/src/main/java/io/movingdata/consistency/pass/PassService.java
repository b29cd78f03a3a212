package io.movingdata.consistency.pass;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.contract.ConsistencyApi.PassReply;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Pass;
import io.movingdata.core.model.Requester;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins passes when they are due or somebody asks: in the whole cluster one light and one deep one
 * at a time, beside each other.
 */
public final class PassService {
  private static final Logger LOG = LoggerFactory.getLogger(PassService.class);
  private static final Requester SCHEDULE = new Requester("schedule", List.of("system"), null);

  private final NodeContext node;
  private final Bus bus;
  private final Clock clock;
  private final NodeConfig.Consistency config;
  private final PassBook book;
  private final Map<Pass.Kind, PassRunner> runners;
  private final AuditLog audit;
  private final Instant startedAt;
  private Future<?> looking = Future.succeededFuture();
  private long timer = -1;

  public PassService(
      NodeContext node, PassBook book, Map<Pass.Kind, PassRunner> runners, AuditLog audit) {
    this.node = node;
    this.bus = node.bus();
    this.clock = node.clock();
    this.config = node.config().consistency();
    this.book = book;
    this.runners = runners;
    this.audit = audit;
    this.startedAt = clock.instant();
  }

  /** Starts looking at the clock. */
  public void start() {
    timer = bus.vertx().setPeriodic(config.pollMs(), fired -> look());
  }

  /** Stops. */
  public void stop() {
    bus.vertx().cancelTimer(timer);
  }

  private void look() {
    if (!looking.isComplete()) {
      return;
    }
    looking =
        Future.all(beginIfDue(Pass.Kind.LIGHT), beginIfDue(Pass.Kind.DEEP))
            .onFailure(failure -> LOG.debug("no pass begins: {}", failure.getMessage()))
            .otherwiseEmpty();
  }

  private Future<?> beginIfDue(Pass.Kind kind) {
    Schedule schedule = new Schedule(config, startedAt);
    return book.latest(kind)
        .compose(
            last ->
                schedule.due(kind, last, clock.instant())
                    ? begin(kind, config.repair(), false, SCHEDULE)
                    : Future.succeededFuture());
  }

  /** Carries out {@code ConsistencyApi.START_PASS}. */
  public Future<PassReply> start(ConsistencyApi.StartPass request) {
    return begin(request.kind(), request.repair(), request.insist(), request.requester())
        .map(
            pass ->
                new PassReply(
                    pass.orElseThrow(
                        () ->
                            MovingDataException.of(
                                ErrorCode.CONFLICT,
                                "a pass of this kind is running: wait for its end, or cancel it"))))
        .onSuccess(
            reply ->
                audit.record(
                    request.requester(),
                    "pass.start",
                    null,
                    null,
                    "done",
                    reply.pass().kind() == Pass.Kind.LIGHT ? "light" : "deep",
                    null));
  }

  private Future<Optional<Pass>> begin(
      Pass.Kind kind, boolean repair, boolean insist, Requester by) {
    Pass pass = Shards.plan(kind, repair, insist, by, node.config().locations(), clock.instant());
    return book.begin(pass)
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure))
        .map(
            begun -> {
              if (!begun) {
                return Optional.empty();
              }
              LOG.info("pass {} begins: {}, asked for by {}", pass.id(), kind, by.principal());
              bus.publish(ConsistencyApi.PASS, pass);
              runners.get(kind).round();
              return Optional.of(pass);
            });
  }

  /** Carries out {@code ConsistencyApi.CANCEL_PASS}. */
  public Future<PassReply> cancel(ConsistencyApi.PassRef request) {
    return cancel(Pass.Kind.LIGHT, request.id())
        .compose(
            now ->
                now.isPresent()
                    ? Future.succeededFuture(now)
                    : cancel(Pass.Kind.DEEP, request.id()))
        .map(
            now -> {
              Pass pass =
                  now.orElseThrow(
                      () ->
                          MovingDataException.of(
                              ErrorCode.CONFLICT, "no pass of this id is running"));
              audit.record(request.requester(), "pass.cancel", null, null, "done", pass.id(), null);
              bus.publish(ConsistencyApi.PASS, pass);
              return new PassReply(pass);
            });
  }

  private Future<Optional<Pass>> cancel(Pass.Kind kind, String id) {
    return book.change(kind, id, pass -> Optional.of(Shards.cancel(pass, clock.instant())));
  }

  /** Carries out {@code ConsistencyApi.GET_PASS}. */
  public Future<PassReply> get(ConsistencyApi.PassRef request) {
    return book.get(request.id()).map(found -> new PassReply(found.orElse(null)));
  }
}
