package io.movingdata.catalog;

import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.bus.Done;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.contract.InsightApi.EventBatch;
import io.movingdata.core.contract.InsightApi.FileIdList;
import io.movingdata.core.contract.InsightApi.OutboxAdd;
import io.movingdata.core.contract.InsightApi.OutboxClaim;
import io.movingdata.core.contract.InsightApi.OutboxPage;
import io.movingdata.core.contract.InsightApi.OutboxSent;
import io.movingdata.core.contract.InsightApi.Use;
import io.movingdata.core.contract.InsightApi.WindowBatch;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.AccessHistory;
import io.movingdata.core.model.AccessKind;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveFact;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.OutboxEntry;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.TimeId;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The addresses of the use of files and of the outbox, on a real store. */
class UseIT extends OnAStore {
  private static AccessEvent event(String id, Instant ts) {
    return new AccessEvent(
        id,
        "f",
        AccessKind.READ,
        ts,
        "c",
        1,
        0,
        2.5,
        null,
        false,
        0.1,
        null,
        null,
        false,
        false,
        false,
        true,
        "test");
  }

  private long kept() {
    return node.ask(InsightApi.COUNT_EVENTS, Done.DONE).count();
  }

  @Test
  void eventsAreKeptOnceForAsLongAsTheyShall() {
    Instant now = Instant.now();
    List<AccessEvent> events = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      events.add(event("e" + i, now.minus(Duration.ofHours(i % 60))));
    }
    node.ask(InsightApi.APPEND_EVENTS, new EventBatch(events.subList(0, 500)));
    node.ask(InsightApi.APPEND_EVENTS, new EventBatch(events));
    node.ask(InsightApi.APPEND_EVENTS, new EventBatch(List.of()));
    assertThat(kept()).isEqualTo(900);

    node.ask(
        InsightApi.APPEND_EVENTS,
        new EventBatch(List.of(event("old", now.minus(Duration.ofDays(31))))));
    assertThat(kept()).isEqualTo(900);
    refusal(
        node.send(InsightApi.APPEND_EVENTS, new EventBatch(List.of(event(null, now)))),
        ErrorCode.INVALID_REQUEST);
  }

  @Test
  void useIsCountedByFileAndDay() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Instant noon = today.atStartOfDay(ZoneOffset.UTC).toInstant().plus(Duration.ofHours(12));
    List<AccessEvent> events = new ArrayList<>();
    for (int day = 0; day < 5; day++) {
      for (int i = 0; i <= day; i++) {
        events.add(event("d" + day + "-" + i, noon.minus(Duration.ofDays(20 + day))));
      }
    }
    node.ask(InsightApi.APPEND_EVENTS, new EventBatch(events));
    InsightApi.DailyUse use =
        node.ask(
            InsightApi.USE_BY_DAY,
            new InsightApi.UseQuery(List.of("f", "g"), today.minusDays(23), today.minusDays(21)));
    assertThat(use.since()).isEqualTo(today.minusDays(24));
    assertThat(use.days())
        .containsExactly(
            new InsightApi.DayOfUse("f", today.minusDays(21), 2, 0, 2),
            new InsightApi.DayOfUse("f", today.minusDays(22), 3, 0, 3),
            new InsightApi.DayOfUse("f", today.minusDays(23), 4, 0, 4));
    refusal(
        node.send(
            InsightApi.USE_BY_DAY,
            new InsightApi.UseQuery(List.of("f"), today.minusDays(60), today)),
        ErrorCode.INVALID_REQUEST);
  }

  private void upload(String id, Instant pinnedUntil) {
    Replica copy = Samples.replica(id, "s3", Samples.copyId());
    FileRecord file = Samples.file(id, "c".repeat(32), copy);
    node.upload(
        Json.fromObject(
            Json.toObject(file).put("pinned_until", pinnedUntil.toString()), FileRecord.class));
  }

  @Test
  void pinnedFilesAreNamedThoseThatLastLongestFirst() {
    Instant now = Instant.now();
    upload("early", now.plusSeconds(3_600));
    upload("late", now.plusSeconds(7_200));
    upload("over", now.minusSeconds(1));
    node.upload("free", "s3");
    InsightApi.Pins pins = node.ask(InsightApi.PINNED, new InsightApi.PinQuery(1));
    assertThat(pins.total()).isEqualTo(2);
    assertThat(pins.pins()).extracting(InsightApi.Pin::fileId).containsExactly("late");
  }

  @Test
  void placementsNameTheFilesThatThereAre() {
    node.upload("a", "s3");
    node.upload("b", "gcs");
    assertThat(node.ask(InsightApi.PLACEMENTS, new FileIdList(List.of("a", "x", "b"))).files())
        .extracting(one -> one.fileId() + " " + one.primary())
        .containsExactly("a s3", "b gcs");
  }

  private static Use use(long upTo, long reads, Instant at) {
    return new Use("f", new AccessHistory(2, upTo, 1, 1, at, reads, 0, 0, at, at), null, at);
  }

  private FileInsight insight() {
    return node.ask(InsightApi.GET_INSIGHTS, new FileIdList(List.of("f", "g"))).files().get(0);
  }

  @Test
  void useThatComesLateFromAnEarlierReaderIsDropped() {
    Instant now = Instant.now();
    node.ask(InsightApi.SAVE_WINDOWS, new WindowBatch(List.of(use(10, 5, now))));
    node.ask(InsightApi.SAVE_WINDOWS, new WindowBatch(List.of(use(20, 9, now))));
    node.ask(InsightApi.SAVE_WINDOWS, new WindowBatch(List.of(use(15, 7, now))));
    assertThat(insight().history().reads()).isEqualTo(9);
    node.ask(InsightApi.SAVE_WINDOWS, new WindowBatch(List.of(use(20, 9, now.plusMillis(5)))));
    assertThat(insight().updatedAt()).isAfter(now);
  }

  private static List<OutboxEntry> entries(int count, Instant at) {
    List<OutboxEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = TimeId.of(at.plusMillis(i), "entry " + i);
      entries.add(new OutboxEntry(id, OutboxEntry.Kind.ACCESS, "f", "{\"n\":" + i + "}"));
    }
    return entries;
  }

  private OutboxPage claim(String owner, long leaseMs, int limit) {
    return node.ask(InsightApi.OUTBOX_CLAIM, new OutboxClaim(owner, leaseMs, limit));
  }

  @Test
  void theOutboxGivesTheOldestToOneAtATimeAndHasALimit() {
    List<OutboxEntry> entries = entries(300, Instant.now());
    node.ask(InsightApi.OUTBOX_ADD, new OutboxAdd(entries.subList(100, 300), 300));
    node.ask(InsightApi.OUTBOX_ADD, new OutboxAdd(entries.subList(0, 100), 300));
    refusal(
        node.send(InsightApi.OUTBOX_ADD, new OutboxAdd(entries(1, Instant.EPOCH), 300)),
        ErrorCode.OVERLOADED);

    OutboxPage mine = claim("n1", 60_000, 50);
    assertThat(mine.entries()).containsExactlyElementsOf(entries.subList(0, 50));
    assertThat(claim("n2", 60_000, 50)).isEqualTo(new OutboxPage(false, true, List.of()));
    List<String> all = entries.stream().map(OutboxEntry::id).toList();
    node.ask(InsightApi.OUTBOX_SENT, new OutboxSent(all.subList(0, 50)));
    node.ask(InsightApi.OUTBOX_SENT, new OutboxSent(all.subList(0, 50)));
    assertThat(claim("n1", 1, 1000).entries()).hasSize(250);
    Awaitility.await().until(() -> claim("n2", 60_000, 10).held());
  }

  @Test
  void anEndedMoveWaitsToBeToldUntilItWas() {
    MoveRecord active = node.ask(CatalogApi.INSERT_MOVE, Samples.move("f", "gcs")).move();
    MoveRecord ended = Samples.with(active, "state", "done");
    node.ask(CatalogApi.FINISH_MOVE, ended);
    node.ask(CatalogApi.FINISH_MOVE, ended);
    OutboxPage page = claim("n1", 60_000, 10);
    assertThat(page.accessWaits()).isFalse();
    assertThat(page.entries()).hasSize(1);
    MoveFact fact = Json.fromBuffer(Buffer.buffer(page.entries().get(0).value()), MoveFact.class);
    assertThat(fact).isEqualTo(MoveFact.of(ended));
    assertThat(node.ask(InsightApi.GET_INSIGHTS, new FileIdList(List.of("f"))).files().get(0))
        .as("its moves are counted, each once")
        .extracting(one -> one.movesAfter(Instant.now().minus(Duration.ofDays(1))))
        .isEqualTo(1);
  }
}
