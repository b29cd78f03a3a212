package io.movingdata.catalog;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.contract.DumpApi.Documents;
import io.movingdata.core.contract.DumpApi.DumpPage;
import io.movingdata.core.contract.DumpApi.DumpQuery;
import io.movingdata.core.contract.DumpApi.Files;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.TimeId;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read page by page is everything, and what is put back is the same. */
class DumpServiceTest {
  private static final Instant DAY = Instant.parse("2026-03-01T23:59:00Z");

  private final MemoryStore store = new MemoryStore();
  private final DumpService dump = new DumpService(store, Clock.systemUTC());

  private static List<String> all(DumpService from, String collection, int limit) {
    List<String> found = new ArrayList<>();
    String after = null;
    do {
      DumpPage page = outcome(from.dump(new DumpQuery(collection, after, limit)));
      assertThat(page.documents()).hasSizeLessThanOrEqualTo(limit);
      found.addAll(page.documents());
      after = page.next();
    } while (after != null);
    return found;
  }

  private static String document(String id, String value) {
    return new JsonObject().put("_id", id).put("version", 1).put("value", value).encode();
  }

  @Test
  void pagesHoldEveryDocumentOnce() {
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      documents.add(document("id-" + i, "v"));
    }
    assertThat(outcome(dump.restore(new Documents("files", documents))).count()).isEqualTo(10);
    for (int limit : new int[] {1, 3, 5, 10, 11}) {
      assertThat(all(dump, "files", limit)).as("limit %d", limit).isEqualTo(documents);
    }
    assertThat(all(dump, "garbage", 10)).isEmpty();
  }

  @Test
  void daysAreOneCollectionAndComeBackAsDays() {
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Instant at = DAY.plus(Duration.ofMinutes(i)).plus(Duration.ofDays(i / 3));
      documents.add(document(TimeId.of(at, "move " + i), "v" + i));
    }
    outcome(dump.restore(new Documents("moves", documents)));
    assertThat(outcome(store.collections()))
        .contains("moves_20260301", "moves_20260302", "moves_20260303", "moves_20260304")
        .doesNotContain("moves");
    assertThat(all(dump, "moves", 2)).isEqualTo(documents);
  }

  @Test
  void aPageEndsBeforeItIsTooLarge() {
    String large = "x".repeat(1_500_000);
    outcome(
        dump.restore(new Documents("models", List.of(document("a", large), document("b", large)))));
    DumpPage first = outcome(dump.dump(new DumpQuery("models", null, 10)));
    assertThat(first.documents()).hasSize(1);
    assertThat(first.next()).isEqualTo("a");
    assertThat(all(dump, "models", 10)).hasSize(2);
  }

  @Test
  void whatIsThereStays() {
    outcome(dump.restore(new Documents("rules", List.of(document("a", "first")))));
    Documents again = new Documents("rules", List.of(document("a", "second"), document("b", "")));
    assertThat(outcome(dump.restore(again)).count()).isEqualTo(1);
    assertThat(all(dump, "rules", 10).get(0)).contains("first");
  }

  @Test
  void filesComeUnderVersionsOfTheirOwnAndOnlyWhereThereAreNone() {
    FileRecord file =
        Samples.file("a", "c".repeat(32), Samples.replica("a", "s3", Samples.copyId()));
    assertThat(outcome(dump.restoreFiles(new Files(List.of(file)))).count()).isEqualTo(1);
    assertThat(outcome(dump.restoreFiles(new Files(List.of(file)))).count()).isZero();
    JsonObject stored = outcome(store.get("files", "a")).orElseThrow();
    assertThat(stored.getLong("version")).isGreaterThan(1_000_000L);
    assertThat(stored.getString("content_id")).isEqualTo(file.contentId());
  }

  @Test
  void otherCollectionsAndIdsAreRefused() {
    assertThatThrownBy(() -> dump.dump(new DumpQuery("schema", null, 1)))
        .isInstanceOf(MovingDataException.class);
    assertThatThrownBy(() -> dump.dump(new DumpQuery("files", null, 0)))
        .isInstanceOf(MovingDataException.class);
    assertThatThrownBy(() -> dump.dump(new DumpQuery("moves", "no id", 1)))
        .isInstanceOf(MovingDataException.class);
    assertThatThrownBy(() -> dump.restore(new Documents("files", List.of("{}"))))
        .isInstanceOf(MovingDataException.class);
    assertThatThrownBy(() -> dump.restore(new Documents("files", List.of("no JSON"))))
        .isInstanceOf(MovingDataException.class);
  }
}
