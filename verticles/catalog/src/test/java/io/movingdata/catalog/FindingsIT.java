package io.movingdata.catalog;

import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.FindingApi.FindingCounts;
import io.movingdata.core.contract.FindingApi.FindingPage;
import io.movingdata.core.contract.FindingApi.FindingQuery;
import io.movingdata.core.contract.FindingApi.FindingRef;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.model.Finding;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The addresses of findings, on a real store. */
class FindingsIT extends OnAStore {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Finding finding(FindingKind kind, String location, String key, String pass) {
    return Finding.first(
        kind, FindingState.OPEN, location, "file-" + key, "copy", key, "seen", pass, NOW);
  }

  private Finding see(Finding seen) {
    return node.ask(FindingApi.SEE_FINDING, seen).finding();
  }

  private FindingPage list(FindingQuery query) {
    return node.ask(FindingApi.LIST_FINDINGS, query);
  }

  @Test
  void whatIsSeenAgainIsTheSameFinding() {
    Finding first = see(finding(FindingKind.CORRUPT, "s3", "a", "p1"));
    Finding again = see(finding(FindingKind.CORRUPT, "s3", "a", "p2"));
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.sightings()).isEqualTo(2);
    assertThat(again.version()).isGreaterThan(first.version());
    assertThat(node.ask(FindingApi.GET_FINDING, new FindingRef(first.id())).finding())
        .isEqualTo(again);
  }

  @Test
  void anOldVersionDoesNotReplaceANewerOne() {
    Finding first = see(finding(FindingKind.CORRUPT, "s3", "b", "p1"));
    Finding saved =
        node.ask(FindingApi.SAVE_FINDING, first.in(FindingState.REPAIRED, "x", NOW)).finding();
    assertThat(saved.state()).isEqualTo(FindingState.REPAIRED);
    refusal(
        node.send(FindingApi.SAVE_FINDING, first.in(FindingState.IGNORED, "y", NOW)),
        ErrorCode.VERSION_CONFLICT);
  }

  @Test
  void pagesShowEachFindingThatMatchesOnce() {
    for (int i = 0; i < 7; i++) {
      see(finding(FindingKind.MISSING, "gcs", "page-" + i, "p1"));
      see(finding(FindingKind.ORPHAN, "azure", "page-" + i, "p1"));
    }
    List<Finding> found = new ArrayList<>();
    String cursor = null;
    do {
      FindingPage page =
          list(
              new FindingQuery(
                  List.of(FindingState.OPEN), FindingKind.MISSING, "gcs", null, null, 3, cursor));
      found.addAll(page.findings());
      cursor = page.next();
    } while (cursor != null);
    assertThat(found).hasSize(7).extracting(Finding::location).containsOnly("gcs");
    assertThat(found).extracting(Finding::id).doesNotHaveDuplicates();
  }

  @Test
  void whatWaitsIsNotDueBeforeItsTime() {
    Finding waiting = see(finding(FindingKind.CORRUPT, "s3", "due", "p1"));
    node.ask(FindingApi.SAVE_FINDING, waiting.waitingUntil(NOW.plusSeconds(60), NOW));
    assertThat(due(NOW)).isEmpty();
    assertThat(due(NOW.plusSeconds(60))).hasSize(1);
  }

  private List<Finding> due(Instant at) {
    return list(new FindingQuery(List.of(), null, null, "file-due", at, 10, null)).findings();
  }

  @Test
  void theyAreCountedByKindStateAndPlace() {
    see(finding(FindingKind.WRONG_KEY, "count", "1", "p1"));
    Finding other = see(finding(FindingKind.WRONG_KEY, "count", "2", "p1"));
    node.ask(FindingApi.SAVE_FINDING, other.in(FindingState.IGNORED, "x", NOW.plusSeconds(5)));
    FindingCounts counts = node.ask(FindingApi.COUNT_FINDINGS, Done.DONE);
    assertThat(counts.counts())
        .contains(
            new FindingApi.FindingCount(FindingKind.WRONG_KEY, FindingState.OPEN, "count", 1, NOW),
            new FindingApi.FindingCount(
                FindingKind.WRONG_KEY, FindingState.IGNORED, "count", 1, NOW.plusSeconds(5)));
  }

  @Test
  void whatIsNoFindingIsRefused() {
    refusal(node.send(FindingApi.GET_FINDING, new FindingRef("$ne")), ErrorCode.INVALID_REQUEST);
    refusal(
        node.send(
            FindingApi.LIST_FINDINGS, new FindingQuery(List.of(), null, null, null, null, 0, null)),
        ErrorCode.INVALID_REQUEST);
  }
}
