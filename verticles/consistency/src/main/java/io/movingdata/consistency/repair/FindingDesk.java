package io.movingdata.consistency.repair;

import io.movingdata.consistency.pass.Cas;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.FindingApi.FindingQuery;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.retry.RetryPolicy;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Takes findings to be worked on, and writes down what becomes of them. */
final class FindingDesk {
  private static final Duration TURN = Duration.ofMinutes(2);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final RetryPolicy BACKOFF = new RetryPolicy(Integer.MAX_VALUE, 5_000, 3_600_000);

  private final NodeContext node;
  private final Bus bus;
  private final NodeConfig.Consistency config;
  private final Random random;

  FindingDesk(NodeContext node) {
    this.node = node;
    this.bus = node.bus();
    this.config = node.config().consistency();
    this.random = node.random();
  }

  /** A page of findings in some states that may be worked on now. */
  Future<List<Finding>> due(List<FindingState> states, int limit) {
    return bus.request(
            FindingApi.LIST_FINDINGS,
            new FindingQuery(states, null, null, null, node.clock().instant(), limit, null))
        .map(FindingApi.FindingPage::findings);
  }

  /** A page of findings in some states, by id. */
  Future<FindingApi.FindingPage> page(List<FindingState> states, String cursor, int limit) {
    return bus.request(
        FindingApi.LIST_FINDINGS, new FindingQuery(states, null, null, null, null, limit, cursor));
  }

  /** The finding of an id. */
  Future<Finding> require(String id) {
    return bus.request(FindingApi.GET_FINDING, new FindingApi.FindingRef(id))
        .map(
            reply -> {
              if (reply.finding() == null) {
                throw MovingDataException.of(
                    ErrorCode.OBJECT_NOT_FOUND, "there is no finding of this id");
              }
              return reply.finding();
            });
  }

  /** Takes a finding for a while; empty: somebody else changed it. */
  Future<Optional<Finding>> take(Finding finding) {
    Instant now = node.clock().instant();
    return save(finding.waitingUntil(now.plus(TURN), now))
        .map(Optional::of)
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure));
  }

  /** Writes down how a try ended; a pass may have seen the finding again meanwhile. */
  Future<Finding> settle(Finding finding, Outcome outcome, String by) {
    return save(next(finding, outcome, by))
        .recover(
            failure ->
                MovingDataException.is(failure, ErrorCode.VERSION_CONFLICT)
                    ? Cas.retry(
                        () -> require(finding.id()).compose(now -> save(next(now, outcome, by))))
                    : Future.failedFuture(failure))
        .onSuccess(saved -> bus.publish(ConsistencyApi.FINDING, saved));
  }

  private Finding next(Finding finding, Outcome outcome, String by) {
    Instant now = node.clock().instant();
    return switch (outcome.state()) {
      case OPEN ->
          outcome.failed()
              ? finding.failed(outcome.reason(), nextTry(finding, now), now)
              : finding.waitingUntil(now.plus(SOON), now).because(outcome.reason());
      case CONFLICT, UNREPAIRABLE ->
          finding.in(outcome.state(), null, now).because(outcome.reason());
      case STUCK, REPAIRED, GONE, IGNORED ->
          finding.in(outcome.state(), by, now).because(outcome.reason());
    };
  }

  private Instant nextTry(Finding finding, Instant now) {
    int tried = finding.attempts() + 1;
    return tried >= config.maxAttempts() ? null : now.plusMillis(BACKOFF.delayMs(tried, 0, random));
  }

  private Future<Finding> save(Finding next) {
    return bus.request(FindingApi.SAVE_FINDING, next).map(FindingApi.FindingReply::finding);
  }
}
