package io.movingdata.catalog;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.FilePage;
import io.movingdata.core.contract.CatalogApi.FileQuery;
import io.movingdata.core.contract.CatalogApi.FileReply;
import io.movingdata.core.contract.CatalogApi.GetFile;
import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.contract.CatalogApi.Usage;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.Events.FileEvent;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.Selector;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses of files, over the bus and on a real store. */
class FilesIT extends OnAStore {
  private FileRecord file(String id) {
    return node.ask(CatalogApi.GET_FILE, new GetFile(id, false)).file();
  }

  private FilePage list(Selector selector, String q, String sort, int limit, String cursor) {
    return node.ask(
        CatalogApi.LIST_FILES, new FileQuery(selector, null, q, sort, limit, cursor, true));
  }

  private static List<String> ids(FilePage page) {
    return page.files().stream().map(FileRecord::id).toList();
  }

  @Test
  void aFileComesBackExactlyAsItWasPlaced() {
    List<FileEvent> events = new CopyOnWriteArrayList<>();
    outcome(node.bus.subscribe(Events.FILE, events::add));
    Replica copy = Samples.replica("α/ü$1.txt", "s3", Samples.copyId());
    FileRecord wanted = Samples.file("α/ü$1.txt", "d".repeat(32), copy);

    FileRecord placed = node.upload(wanted);

    assertThat(placed).isEqualTo(wanted.atVersion(placed.version()));
    assertThat(file("α/ü$1.txt")).isEqualTo(placed);
    assertThat(node.ask(CatalogApi.GET_COPY, new CatalogApi.CopyRef(copy.copyId())).copy())
        .as("the intent is closed")
        .isNull();
    await().until(() -> events.size() == 1);
    assertThat(events.get(0).change()).isEqualTo("placed");
    assertThat(events.get(0).version()).isEqualTo(placed.version());
  }

  @Test
  void aMoveLeavesGarbageAndADeletionATombstone() {
    FileRecord placed = node.upload("a.txt", "s3");
    FileRecord moved = outcome(node.move(placed, "azure")).file();
    assertThat(moved.version()).isEqualTo(placed.version() + 1);
    assertThat(node.ask(CatalogApi.COUNT_GARBAGE, Done.DONE).count()).isEqualTo(1);

    Place deletion = new Place(Samples.deleted(moved), moved.version(), null, "deleted", 0);
    FileRecord gone = node.ask(CatalogApi.PLACE, deletion).file();

    assertThat(gone.deleted()).isTrue();
    assertThat(file("a.txt")).isNull();
    assertThat(node.ask(CatalogApi.GET_FILE, new GetFile("a.txt", true)).file()).isEqualTo(gone);
    assertThat(list(null, null, null, 10, null).files()).isEmpty();
    assertThat(node.ask(CatalogApi.COUNT_GARBAGE, Done.DONE).count()).isEqualTo(2);
    assertThat(node.upload("a.txt", "s3").version()).isGreaterThan(gone.version());
  }

  @Test
  void aStaleVersionIsAConflictAndAnUnrecordedCopyTooMuch() {
    FileRecord placed = node.upload("a.txt", "s3");
    outcome(node.move(placed, "azure"));
    refusal(node.move(placed, "gcs"), ErrorCode.VERSION_CONFLICT);
    FileRecord now = file("a.txt");
    Replica unknown = Samples.replica("a.txt", "gcs", Samples.copyId());
    refusal(
        node.send(
            CatalogApi.PLACE,
            new Place(
                Samples.withCopies(now, unknown), now.version(), unknown.copyId(), "moved", 0)),
        ErrorCode.CONFLICT);
    assertThat(file("a.txt")).isEqualTo(now);
  }

  @Test
  void ofFiftyPlacementsAtOneVersionThroughTwoNodesOneWins() {
    FileRecord placed = node.upload("a.txt", "s3");
    List<Future<FileReply>> all = new ArrayList<>();
    try (CatalogNode second = node.peer()) {
      for (int i = 0; i < 50; i++) {
        all.add((i % 2 == 0 ? node : second).move(placed, i % 3 == 0 ? "azure" : "gcs"));
      }
      outcome(Future.join(all).otherwiseEmpty());
      List<FileRecord> winners =
          all.stream().filter(Future::succeeded).map(won -> won.result().file()).toList();
      assertThat(winners).hasSize(1);
      assertThat(file("a.txt")).isEqualTo(winners.get(0));
      all.stream().filter(Future::failed).forEach(l -> refusal(l, ErrorCode.VERSION_CONFLICT));
    }
  }

  @Test
  void ofFiftyFirstUploadsOneWins() {
    List<Future<FileReply>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Replica copy = Samples.replica("new.txt", "s3", Samples.copyId());
      FileRecord wanted = Samples.file("new.txt", Samples.copyId(), copy);
      all.add(
          node.send(CatalogApi.OPEN_COPY, Samples.intent("new.txt", copy))
              .compose(
                  opened ->
                      node.send(
                          CatalogApi.PLACE, new Place(wanted, 0, copy.copyId(), "new", 1_000))));
    }
    outcome(Future.join(all).otherwiseEmpty());
    assertThat(all.stream().filter(Future::succeeded)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "$ne", "{\"$gt\":\"\"}\n", "a\u0000b", "\ud800"})
  void anIdThatIsAnOperatorOrHoldsControlCharactersIsRefused(String id) {
    refusal(node.send(CatalogApi.GET_FILE, new GetFile(id, true)), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void idsThatLookLikeJsonOrPatternsStandForThemselves() {
    for (String id : List.of("{\"$gt\":\"\"}", "a.*b", "a+b[c]^", "A.*b", "x".repeat(1024))) {
      node.upload(id, "s3");
      assertThat(file(id).id()).isEqualTo(id);
    }
    assertThat(ids(list(prefix("a.*"), null, null, 10, null))).containsExactly("a.*b");
    assertThat(ids(list(prefix("{\"$gt"), null, null, 10, null))).hasSize(1);
    assertThat(ids(list(null, "A.*B", null, 10, null))).containsExactly("A.*b", "a.*b");
    assertThat(ids(list(null, ".", null, 10, null))).containsExactly("A.*b", "a.*b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "-id", "size", "-size", "updated", "-updated"})
  void pagesInEveryOrderHoldEachFileOnceThoughFilesChangeInBetween(String sort) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      String id = "f%02d".formatted(i);
      Replica copy = Samples.replica(id, "s3", Samples.copyId());
      // Half of the times have no fraction: as text of natural width they would sort wrongly.
      Instant updated = Instant.parse("2026-01-01T00:00:00Z").plusMillis(i / 2 * 500L);
      node.upload(Samples.sized(Samples.file(id, "c".repeat(32), copy), i % 5, updated));
      all.add(id);
    }
    List<FileRecord> seen = new ArrayList<>();
    String cursor = null;
    do {
      FilePage page = list(null, null, sort, 4, cursor);
      seen.addAll(page.files());
      cursor = page.next();
      assertThat(page.total()).isEqualTo(25 + (seen.size() + 3) / 4 - 1);
      if (cursor != null) {
        node.upload("%s%d".formatted(sort.startsWith("-") ? "zz" : "a", seen.size()), "s3");
      }
    } while (cursor != null);
    assertThat(seen.stream().map(FileRecord::id).filter(id -> id.startsWith("f")))
        .containsExactlyInAnyOrderElementsOf(all);
    assertThat(seen).isSortedAccordingTo(order(sort));
  }

  private static Comparator<FileRecord> order(String sort) {
    Comparator<FileRecord> byId = Comparator.comparing(FileRecord::id);
    Comparator<FileRecord> ascending =
        switch (sort.replace("-", "")) {
          case "size" -> Comparator.comparingLong(FileRecord::sizeBytes).thenComparing(byId);
          case "updated" -> Comparator.comparing(FileRecord::updatedAt).thenComparing(byId);
          default -> byId;
        };
    return sort.startsWith("-") ? ascending.reversed() : ascending;
  }

  @Test
  void selectorsMeanEveryConditionTheyGive() {
    for (String id : List.of("logs/1", "logs/2", "img/1")) {
      node.upload(id, "s3");
    }
    outcome(node.move(file("logs/2"), "azure"));
    assertThat(ids(list(prefix("logs/"), null, null, 10, null)))
        .containsExactly("logs/1", "logs/2");
    Selector warm = new Selector(null, "logs/", null, "warm", null, null, null);
    assertThat(ids(list(warm, null, null, 10, null))).containsExactly("logs/2");
    Selector nowhere = new Selector(null, null, null, "no such tier", null, null, null);
    assertThat(ids(list(nowhere, null, null, 10, null))).isEmpty();
    Selector named =
        new Selector(List.of("img/1", "logs/1", "none"), null, "s3", null, null, 1L, 2_000L);
    assertThat(ids(list(named, "LOG", null, 10, null))).containsExactly("logs/1");
    Selector old = new Selector(null, null, null, null, Samples.NOW, null, null);
    assertThat(ids(list(old, null, null, 10, null))).isEmpty();
    FileQuery at = new FileQuery(null, List.of("azure"), null, null, 10, null, false);
    FilePage page = node.ask(CatalogApi.LIST_FILES, at);
    assertThat(ids(page)).containsExactly("logs/2");
    assertThat(page.total()).isEqualTo(-1);
  }

  private static Selector prefix(String prefix) {
    return new Selector(null, prefix, null, null, null, null, null);
  }

  @Test
  void aCursorOfAnotherOrderOrNoneOfOursIsRefused() {
    node.upload("a", "s3");
    node.upload("b", "s3");
    String cursor = list(null, null, "size", 1, null).next();
    for (String wrong : List.of(cursor, "!", "e30", "eyJvcmRlciI6ImlkIn0")) {
      refusal(
          node.send(CatalogApi.LIST_FILES, new FileQuery(null, null, null, "id", 1, wrong, false)),
          ErrorCode.INVALID_REQUEST);
    }
  }

  @Test
  void usageCountsFilesCopiesAndBytesByLocation() {
    FileRecord placed = node.upload("a", "s3");
    node.upload("b", "s3");
    Replica second = Samples.replica("a", "azure", Samples.copyId());
    node.ask(CatalogApi.OPEN_COPY, Samples.intent("a", second));
    node.ask(
        CatalogApi.PLACE,
        new Place(
            Samples.withCopies(placed, placed.replicas().get(0), second),
            placed.version(),
            second.copyId(),
            "copied",
            0));
    Usage usage = node.ask(CatalogApi.USAGE, Done.DONE);
    assertThat(usage.files()).isEqualTo(2);
    assertThat(usage.bytes()).isEqualTo(2_000);
    assertThat(usage.locations())
        .containsExactlyInAnyOrder(
            new CatalogApi.LocationUsage("s3", 2, 2, 2_600, Samples.NOW),
            new CatalogApi.LocationUsage("azure", 0, 1, 1_300, Samples.NOW));
    node.ask(
        CatalogApi.VERIFIED,
        new CatalogApi.Verified(
            List.of(
                new CatalogApi.VerifiedCopy("a", second.copyId(), Samples.NOW.plusSeconds(1)))));
    FileRecord now = node.ask(CatalogApi.GET_FILE, new CatalogApi.GetFile("a", false)).file();
    assertThat(now.replicas().get(1).verifiedAt()).isEqualTo(Samples.NOW.plusSeconds(1));
  }
}
