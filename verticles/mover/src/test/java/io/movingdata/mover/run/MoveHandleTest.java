package io.movingdata.mover.run;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.Requester;
import io.movingdata.mover.state.MoveMachine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A claimed move against a catalog of one document. */
class MoveHandleTest {
  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final Clock CLOCK = Clock.systemUTC();

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private MoveRecord document;
  private boolean ended;
  private int answersToLose;
  private MoveHandle handle;

  @BeforeEach
  void start() {
    Instant now = CLOCK.instant();
    MoveRecord planned =
        MoveMachine.plan(
            "0194f0000000-0000000000000001",
            "a",
            MoveKind.MOVE,
            "s3",
            "gcs",
            "c",
            5,
            null,
            new Requester("tester", List.of(), null),
            10,
            now);
    document = MoveMachine.claim(planned, "node-a", now, LEASE);
    outcome(bus.serve(CatalogApi.SAVE_MOVE, this::save));
    outcome(bus.serve(CatalogApi.FINISH_MOVE, this::finish));
    outcome(
        bus.serve(
            CatalogApi.GET_MOVE,
            request -> Future.succeededFuture(new CatalogApi.MoveReply(document))));
    handle = new MoveHandle(bus, CLOCK, System::nanoTime, LEASE, document);
  }

  @AfterEach
  void stop() {
    outcome(vertx.close());
  }

  private synchronized Future<CatalogApi.MoveReply> save(MoveRecord wanted) {
    return replace(wanted).map(CatalogApi.MoveReply::new);
  }

  private synchronized Future<Done> finish(MoveRecord wanted) {
    return replace(wanted)
        .map(
            stored -> {
              ended = true;
              return Done.DONE;
            });
  }

  private Future<MoveRecord> replace(MoveRecord wanted) {
    if (ended || wanted.version() != document.version()) {
      return Future.failedFuture(MovingDataException.of(ErrorCode.VERSION_CONFLICT, "changed"));
    }
    document = wanted.atVersion(wanted.version() + 1);
    if (answersToLose-- > 0) {
      return Future.failedFuture(MovingDataException.of(ErrorCode.SERVICE_TIMEOUT, "lost"));
    }
    return Future.succeededFuture(document);
  }

  private Future<MoveRecord> commit() {
    return handle.update(move -> MoveMachine.committed(move, CLOCK.instant()));
  }

  private Future<MoveRecord> done() {
    return handle.finish(move -> MoveMachine.done(move, CLOCK.instant()));
  }

  @Test
  void somebodyElsesCancelIsMergedIntoTheNextChange() {
    document = MoveMachine.requestCancel(document).atVersion(7);
    MoveRecord renewed = outcome(handle.renew());
    assertThat(renewed.cancelRequested()).isTrue();
    assertThat(renewed.version()).isEqualTo(8);
    assertThat(handle.held()).isTrue();
  }

  @Test
  void anotherNodesClaimEndsEveryChange() {
    Instant later = CLOCK.instant().plusSeconds(60);
    document = MoveMachine.claim(document, "node-b", later, LEASE).atVersion(7);
    MoveRecord theirs = document;
    assertThatThrownBy(() -> outcome(commit())).isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> outcome(handle.renew())).isInstanceOf(LeaseLostException.class);
    assertThat(handle.held()).isFalse();
    assertThat(document).isEqualTo(theirs);
  }

  @Test
  void aChangeWhoseAnswerIsLostIsMadeOnce() {
    answersToLose = 1;
    MoveRecord committed = outcome(commit());
    assertThat(committed.state()).isEqualTo(MoveState.COMMITTED);
    assertThat(document.version()).isEqualTo(1);
  }

  @Test
  void anEndWhoseAnswerIsLostIsAnEnd() {
    outcome(commit());
    answersToLose = 1;
    assertThat(outcome(done()).state()).isEqualTo(MoveState.DONE);
  }

  @Test
  void aRenewalUnderWayDoesNotSpoilTheEndAndNoneFollowsIt() {
    outcome(commit());
    Future<MoveRecord> renewal = handle.renew();
    Future<MoveRecord> end = done();
    Future<MoveRecord> late = handle.renew();
    assertThat(outcome(end).state()).isEqualTo(MoveState.DONE);
    outcome(renewal);
    assertThatThrownBy(() -> outcome(late)).isInstanceOf(LeaseLostException.class);
    assertThat(document.state()).isEqualTo(MoveState.DONE);
  }

  @Test
  void whatIsNotedBecomesDurableWithTheNextChange() {
    MoveRecord seen = outcome(handle.note(move -> MoveMachine.committed(move, CLOCK.instant())));
    assertThat(seen.state()).isEqualTo(MoveState.COMMITTED);
    assertThat(handle.move().state()).isEqualTo(MoveState.COMMITTED);
    assertThat(document.state()).isEqualTo(MoveState.PLANNED);
    outcome(handle.finish(move -> MoveMachine.done(move, CLOCK.instant())));
    assertThat(document.state()).isEqualTo(MoveState.DONE);
    assertThat(document.committedAt()).isNotNull();
  }

  @Test
  void whatIsNotedSurvivesAChangeByAnother() {
    outcome(handle.note(move -> MoveMachine.committed(move, CLOCK.instant())));
    document = MoveMachine.requestCancel(document).atVersion(document.version() + 1);
    MoveRecord renewed = outcome(handle.renew());
    assertThat(renewed.state()).isEqualTo(MoveState.COMMITTED);
    assertThat(renewed.cancelRequested()).isTrue();
    assertThat(document.state()).isEqualTo(MoveState.COMMITTED);
  }
}
