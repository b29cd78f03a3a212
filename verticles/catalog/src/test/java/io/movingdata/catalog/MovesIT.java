package io.movingdata.catalog;

import static io.movingdata.catalog.Samples.with;
import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.DueMoves;
import io.movingdata.core.contract.CatalogApi.GetJob;
import io.movingdata.core.contract.CatalogApi.GetMove;
import io.movingdata.core.contract.CatalogApi.JobQuery;
import io.movingdata.core.contract.CatalogApi.MoveInserted;
import io.movingdata.core.contract.CatalogApi.MovePage;
import io.movingdata.core.contract.CatalogApi.MoveQuery;
import io.movingdata.core.contract.CatalogApi.Route;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.model.MoveJob;
import io.movingdata.core.model.MoveKind;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.TimeId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The addresses of moves and jobs, over the bus and on a real store. */
class MovesIT extends OnAStore {
  private MoveRecord insert(MoveRecord move) {
    return node.ask(CatalogApi.INSERT_MOVE, move).move();
  }

  private MovePage list(MoveState state, String file, String job, int limit, String cursor) {
    return node.ask(CatalogApi.LIST_MOVES, new MoveQuery(state, file, job, limit, cursor));
  }

  private MoveRecord byId(String moveId) {
    return node.ask(CatalogApi.GET_MOVE, new GetMove(moveId, null)).move();
  }

  @Test
  void ofFiftyMovesOfOneFileOneIsInsertedAndAllLearnWhich() {
    List<Future<MoveInserted>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(node.send(CatalogApi.INSERT_MOVE, Samples.move("a", "azure")));
    }
    outcome(Future.all(all));
    assertThat(all.stream().filter(reply -> reply.result().inserted())).hasSize(1);
    assertThat(all.stream().map(reply -> reply.result().move().moveId()).distinct()).hasSize(1);
  }

  @Test
  void ofTwoNodesThatClaimTheSameMovesAtOnceOneGetsEach() {
    try (CatalogNode peer = node.peer()) {
      List<Future<MoveRecord>> claims = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        MoveRecord move = insert(Samples.move("file-" + i, "azure"));
        for (CatalogNode claimant : List.of(node, peer)) {
          MoveRecord wanted =
              with(move, "owner", claimant == node ? "node-1" : "node-2").atVersion(move.version());
          claims.add(claimant.send(CatalogApi.SAVE_MOVE, wanted).map(CatalogApi.MoveReply::move));
        }
      }
      outcome(Future.join(claims).otherwiseEmpty());
      for (int i = 0; i < 60; i++) {
        List<Future<MoveRecord>> ofOne = claims.subList(2 * i, 2 * i + 2);
        MoveRecord stored = node.ask(CatalogApi.GET_MOVE, new GetMove(null, "file-" + i)).move();
        assertThat(ofOne.stream().filter(Future::succeeded).map(Future::result))
            .as("file-%d", i)
            .containsExactly(stored);
      }
    }
  }

  @Test
  void aMoveThatComesClaimedStartsWhenItBecomesTheFilesActiveOne() {
    Instant written = Instant.now().minusSeconds(5);
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    MoveRecord first = insert(Samples.move("claimed", "azure").startedAt(written));
    assertThat(first.startedAt()).isBetween(before, Instant.now());
    assertThat(byId(first.moveId()).startedAt()).isEqualTo(first.startedAt());
    assertThat(insert(Samples.move("planned", "azure")).startedAt()).isNull();
  }

  @Test
  void insertingTheSameMoveTwiceIsOneMove() {
    MoveRecord move = Samples.move("a", "azure");
    MoveInserted first = node.ask(CatalogApi.INSERT_MOVE, move);
    assertThat(node.ask(CatalogApi.INSERT_MOVE, move)).isEqualTo(first);
    refusal(node.send(CatalogApi.INSERT_MOVE, with(move, "file_id", "b")), ErrorCode.CONFLICT);
  }

  @Test
  void aSaveNeedsTheVersionAndMaySafelyBeSentTwice() {
    MoveRecord inserted = insert(Samples.move("a", "azure"));
    MoveRecord claimed = with(with(inserted, "owner", "node-1"), "epoch", 1);
    MoveRecord saved = node.ask(CatalogApi.SAVE_MOVE, claimed).move();
    assertThat(saved.version()).isEqualTo(inserted.version() + 1);
    assertThat(node.ask(CatalogApi.SAVE_MOVE, claimed).move()).isEqualTo(saved);
    refusal(
        node.send(CatalogApi.SAVE_MOVE, with(claimed, "owner", "node-2")),
        ErrorCode.VERSION_CONFLICT);
    assertThat(node.ask(CatalogApi.GET_MOVE, new GetMove(null, "a")).move()).isEqualTo(saved);
    assertThat(byId(saved.moveId())).isEqualTo(saved);
  }

  @Test
  void aFinishedMoveIsHistoryAndItsFileFreeForTheNext() {
    MoveRecord inserted = insert(Samples.move("a", "azure"));
    MoveRecord done = with(inserted, "state", "done");
    node.ask(CatalogApi.FINISH_MOVE, done);
    node.ask(CatalogApi.FINISH_MOVE, done);
    assertThat(byId(inserted.moveId()).state()).isEqualTo(MoveState.DONE);
    assertThat(node.ask(CatalogApi.GET_MOVE, new GetMove(null, "a")).move()).isNull();

    MoveRecord next = insert(Samples.move("a", "gcs"));
    assertThat(next.version()).isGreaterThan(inserted.version());
    node.ask(CatalogApi.FINISH_MOVE, done);
    refusal(node.send(CatalogApi.SAVE_MOVE, done), ErrorCode.VERSION_CONFLICT);
    assertThat(node.ask(CatalogApi.GET_MOVE, new GetMove(null, "a")).move()).isEqualTo(next);
  }

  @Test
  void oneWhoLostTheMoveCannotRewriteHowItEnded() {
    MoveRecord inserted = insert(Samples.move("a", "azure"));
    MoveRecord taken = node.ask(CatalogApi.SAVE_MOVE, with(inserted, "owner", "node-2")).move();
    MoveRecord aborted = with(inserted, "state", "aborted");
    refusal(node.send(CatalogApi.FINISH_MOVE, aborted), ErrorCode.VERSION_CONFLICT);
    node.ask(CatalogApi.FINISH_MOVE, with(taken, "state", "done"));
    refusal(node.send(CatalogApi.FINISH_MOVE, aborted), ErrorCode.VERSION_CONFLICT);
    assertThat(byId(inserted.moveId()).state()).isEqualTo(MoveState.DONE);
  }

  @Test
  void dueAreThoseThatNobodyHoldsAndWhoseTimeHasComeMostUrgentFirst() {
    Instant now = Instant.now();
    insert(with(Samples.move("later", "azure"), "next_attempt_at", now.plusSeconds(5).toString()));
    insert(with(Samples.move("held", "azure"), "lease_until", now.plusSeconds(5).toString()));
    insert(with(Samples.move("stuck", "azure"), "state", "stuck"));
    insert(with(Samples.move("over", "azure"), "lease_until", now.minusSeconds(5).toString()));
    insert(
        with(
            with(Samples.move("retry", "azure"), "state", "retry_wait"),
            "next_attempt_at",
            now.minusSeconds(1).toString()));
    insert(with(Samples.move("urgent", "azure"), "priority", 9));
    List<MoveRecord> due = node.ask(CatalogApi.DUE_MOVES, new DueMoves(now, 10)).moves();
    assertThat(due).extracting(MoveRecord::fileId).containsExactly("urgent", "over", "retry");
    assertThat(node.ask(CatalogApi.DUE_MOVES, new DueMoves(now.plusSeconds(6), 10)).moves())
        .hasSize(5);
    assertThat(node.ask(CatalogApi.DUE_MOVES, new DueMoves(now, 1)).moves()).hasSize(1);
  }

  @Test
  void dueOnClosedRoutesAreOnlyThoseThatTransferNothing() {
    insert(Samples.move("closed", "azure"));
    insert(Samples.move("open", "gcs"));
    insert(with(Samples.move("cancelled", "azure"), "cancel_requested", true));
    insert(with(Samples.move("committed", "azure"), "state", "committed"));
    String from = Samples.move("closed", "azure").from();
    DueMoves due = new DueMoves(Instant.now(), 10, List.of(new Route(from, "azure")));
    assertThat(node.ask(CatalogApi.DUE_MOVES, due).moves())
        .extracting(MoveRecord::fileId)
        .containsExactlyInAnyOrder("open", "cancelled", "committed");
  }

  @Test
  void listsGoOnFromActiveMovesIntoThePastAcrossDays() {
    String job = TimeId.next(Instant.now().minus(Duration.ofDays(4)));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Instant when = Instant.now().minus(Duration.ofHours(10L * i));
      String file = "f" + i % 2;
      MoveRecord move =
          insert(Samples.move(TimeId.next(when), file, "azure", MoveState.PLANNED, 5, job));
      node.ask(CatalogApi.FINISH_MOVE, with(move, "state", i % 3 == 0 ? "aborted" : "done"));
      expected.add(move.moveId());
    }
    for (int i = 0; i < 5; i++) {
      String id = TimeId.next(Instant.now().minus(Duration.ofDays(i)));
      insert(Samples.move(id, "active" + i, "gcs", MoveState.PLANNED, 5, null));
      expected.add(i, id);
    }
    for (int limit : new int[] {1, 4, 5, 7, 100}) {
      List<String> seen = new ArrayList<>();
      String cursor = null;
      do {
        MovePage page = list(null, null, null, limit, cursor);
        assertThat(page.moves().size()).isLessThanOrEqualTo(limit);
        page.moves().forEach(move -> seen.add(move.moveId()));
        cursor = page.next();
      } while (cursor != null);
      assertThat(seen).as("pages of %d", limit).containsExactlyElementsOf(expected);
    }
    assertThat(list(null, "f1", null, 100, null).moves()).hasSize(5);
    assertThat(list(null, "active3", null, 100, null).moves()).hasSize(1);
    assertThat(list(MoveState.ABORTED, null, job, 100, null).moves()).hasSize(4);
    assertThat(list(MoveState.PLANNED, null, null, 100, null).moves()).hasSize(5);
    assertThat(node.ask(CatalogApi.TALLY_JOB, new GetJob(job)))
        .isEqualTo(new CatalogApi.JobTally(6, 4, 0));
  }

  @Test
  void jobsAreSavedByVersionAndListedNewestFirst() {
    MoveJob first = job(TimeId.next(Instant.now().minusSeconds(60)), "running");
    MoveJob saved = node.ask(CatalogApi.SAVE_JOB, first).job();
    assertThat(node.ask(CatalogApi.SAVE_JOB, first).job()).as("sent twice").isEqualTo(saved);
    MoveJob second = node.ask(CatalogApi.SAVE_JOB, job(TimeId.next(Instant.now()), "done")).job();
    refusal(
        node.send(CatalogApi.SAVE_JOB, job(first.jobId(), "cancelled")),
        ErrorCode.VERSION_CONFLICT);
    assertThat(node.ask(CatalogApi.GET_JOB, new GetJob(first.jobId())).job()).isEqualTo(saved);
    assertThat(node.ask(CatalogApi.LIST_JOBS, new JobQuery(false, 10)).jobs())
        .containsExactly(second, saved);
    assertThat(node.ask(CatalogApi.LIST_JOBS, new JobQuery(true, 10)).jobs())
        .containsExactly(saved);
    MoveJob third =
        node.ask(CatalogApi.SAVE_JOB, job(TimeId.next(Instant.now().plusSeconds(1)), "cancelling"))
            .job();
    assertThat(node.ask(CatalogApi.LIST_JOBS, new JobQuery(true, 10)).jobs())
        .as("a job that is being cancelled has not ended")
        .containsExactly(third, saved);
    insert(
        Samples.move(TimeId.next(Instant.now()), "a", "gcs", MoveState.PLANNED, 5, first.jobId()));
    assertThat(node.ask(CatalogApi.TALLY_JOB, new GetJob(first.jobId())).active()).isEqualTo(1);
  }

  private static MoveJob job(String id, String state) {
    return new MoveJob(
        id,
        0,
        MoveKind.MOVE,
        null,
        "azure",
        5,
        new Requester("alice", List.of("system"), "t"),
        state,
        null,
        false,
        0,
        0,
        0,
        0,
        0,
        null,
        null,
        Instant.now(),
        null);
  }
}
