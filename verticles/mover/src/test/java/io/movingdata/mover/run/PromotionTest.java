package io.movingdata.mover.run;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.Events;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.ReplicaState;
import io.movingdata.core.model.Requester;
import io.movingdata.mover.fixture.FakeCopies;
import io.movingdata.mover.state.MoveMachine;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A move of a file to a location that holds a copy of it. */
class PromotionTest {
  private static final Duration LEASE = Duration.ofSeconds(6);

  private final FakeCopies copies = new FakeCopies();
  private final Promotion promotion =
      new Promotion(
          copies.node,
          copies.storage,
          copies.proof(),
          new MoveAnnouncer(
              copies.bus, Clock.systemUTC(), new AuditLog(copies.bus, Clock.systemUTC())));

  @AfterEach
  void stop() {
    copies.close();
  }

  private static MoveRecord claimed() {
    MoveRecord planned =
        MoveMachine.plan(
            "0194f0000000-0000000000000001",
            "a",
            MoveKind.MOVE,
            "s3",
            "gcs",
            "c".repeat(32),
            5,
            null,
            new Requester("tester", List.of(), null),
            FakeCopies.SIZE,
            Instant.now());
    return MoveMachine.claim(planned, "node-a", Instant.now(), LEASE);
  }

  private MoveHandle handle(MoveRecord move) {
    return new MoveHandle(copies.bus, Clock.systemUTC(), System::nanoTime, LEASE, move);
  }

  private Future<Optional<Replica>> prove(MoveRecord move) {
    return promotion.prove(handle(move), copies.file);
  }

  @Test
  void aCopyThatWasReadWholeMayTakeTheFilesPlace() {
    ConcurrentLinkedQueue<Events.MoveEvent> heard = new ConcurrentLinkedQueue<>();
    outcome(copies.bus.subscribe(Events.MOVE, heard::add));

    Replica whole = outcome(prove(claimed())).orElseThrow();

    assertThat(whole.copyId()).isEqualTo("copy.gcs");
    assertThat(whole.verifiedAt()).isAfter(Instant.EPOCH);
    assertThat(copies.read).containsExactly("gcs");
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(heard)
                    .extracting(Events.MoveEvent::bytesDone)
                    .containsExactly(FakeCopies.SIZE));
  }

  @Test
  void oneThatIsNotIsRecordedAndReplaced() {
    copies.wrong.put("gcs", ErrorCode.CORRUPT_OBJECT);
    assertThat(outcome(prove(claimed()))).isEmpty();
    copies.wrong.put("gcs", ErrorCode.OBJECT_NOT_FOUND);
    assertThat(outcome(prove(claimed()))).isEmpty();
    copies.wrong.put("gcs", ErrorCode.KEY_MISSING);
    assertThat(outcome(prove(claimed()))).isEmpty();
    assertThat(copies.findings)
        .extracting(found -> found.kind())
        .containsExactly(FindingKind.CORRUPT, FindingKind.MISSING, FindingKind.WRONG_KEY);
    assertThat(copies.findings).allMatch(found -> found.copyId().equals("copy.gcs"));
  }

  @Test
  void oneThatSomebodyElseWroteToIsLeftToAPerson() {
    copies.wrong.put("gcs", ErrorCode.CORRUPT_OBJECT);
    copies.metadata.put("gcs", Map.of());
    assertThat(refusal(prove(claimed()), ErrorCode.POLICY_DENIED))
        .hasMessageContaining("/consistency/conflicts");
    assertThat(copies.findings.get(0).state()).isEqualTo(FindingState.CONFLICT);
  }

  @Test
  void anOutageSaysNothing() {
    copies.wrong.put("gcs", ErrorCode.PROVIDER_DOWN);
    refusal(prove(claimed()), ErrorCode.PROVIDER_DOWN);
    assertThat(copies.findings).isEmpty();
  }

  @Test
  void readingEndsWhenTheMoveIsCancelledOrItsClaimIsGone() {
    refusal(prove(MoveMachine.requestCancel(claimed())), ErrorCode.CONFLICT);
    MoveHandle late =
        new MoveHandle(copies.bus, Clock.systemUTC(), System::nanoTime, Duration.ZERO, claimed());
    assertThatThrownBy(() -> outcome(promotion.prove(late, copies.file)))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> outcome(promotion.setAside(late, copies.file)))
        .isInstanceOf(LeaseLostException.class);
    assertThat(copies.findings).isEmpty();
  }

  @Test
  void theCopyThatWasNotWholeIsSetAsideAsItLiesThere() {
    ConcurrentLinkedQueue<CatalogApi.Place> placed = new ConcurrentLinkedQueue<>();
    outcome(
        copies.bus.serve(
            CatalogApi.PLACE,
            place -> {
              placed.add(place);
              return place.expectedVersion() == 1
                  ? Future.succeededFuture(new CatalogApi.FileReply(place.file()))
                  : Future.failedFuture(MovingDataException.of(ErrorCode.VERSION_CONFLICT, "late"));
            }));
    FileRecord left = outcome(promotion.setAside(handle(claimed()), copies.file));
    assertThat(left.verifiedAt("gcs")).isEmpty();
    assertThat(left.replicas()).hasSize(3);
    assertThat(left.replicas().get(2).state()).isEqualTo(ReplicaState.QUARANTINED);
    assertThat(placed).hasSize(1);
  }
}
