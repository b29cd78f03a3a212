package io.movingdata.catalog;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.MongoSettings;
import io.movingdata.catalog.store.SchemaGuard;
import io.movingdata.catalog.store.StoreLink;
import io.movingdata.core.bus.Done;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.config.Secret;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.BeginOnce;
import io.movingdata.core.contract.CatalogApi.DiscardCopy;
import io.movingdata.core.contract.CatalogApi.GetFile;
import io.movingdata.core.contract.CatalogApi.GetMove;
import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.contract.InsightApi.OutboxAdd;
import io.movingdata.core.contract.InsightApi.OutboxClaim;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.AccessKind;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.movingdata.core.model.OutboxEntry;
import io.movingdata.core.model.Replica;
import io.movingdata.core.model.TimeId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is forgotten, and which schemas are accepted, on a real store. */
class HousekeepingIT extends OnAStore {
  private StoreLink link;

  @BeforeEach
  void link() {
    link = linked(new SchemaGuard(List.of()), node.database);
    await().until(() -> outcome(link.status()).connected());
  }

  @AfterEach
  void unlink() {
    outcome(link.close());
  }

  private StoreLink linked(SchemaGuard schema, String database) {
    NodeConfig.Mongo mongo = new NodeConfig.Mongo(Secret.of(url()), database);
    StoreLink made = new StoreLink(node.vertx, MongoSettings.client(mongo), schema);
    made.open();
    return made;
  }

  private void runAt(Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    Retention retention = Retention.withTombstones(Duration.ofHours(1));
    outcome(
        CatalogServices.over(link.store(), node.bus, clock, List.of(), retention)
            .housekeeping()
            .run());
  }

  @Test
  void tombstonesMarkersKeysAndOldDaysAreForgottenInTheirTimeAndNotBefore() {
    Instant now = Instant.now();
    FileRecord placed = node.upload("gone", "s3");
    FileRecord changed = Samples.sized(placed, 1, now);
    node.ask(
        CatalogApi.PLACE,
        new Place(Samples.deleted(changed), placed.version(), null, "deleted", 0));
    node.upload("stays", "s3");
    Replica copy = Samples.replica("never", "s3", Samples.copyId());
    node.ask(CatalogApi.OPEN_COPY, Samples.intent("never", copy));
    node.ask(
        CatalogApi.DISCARD_COPY,
        new DiscardCopy(copy.copyId(), "never", copy.location(), "abandoned", 0));
    MoveRecord old = ended(now.minus(Duration.ofDays(29)));
    MoveRecord recent = ended(now.minus(Duration.ofDays(1)));
    node.ask(CatalogApi.BEGIN_ONCE, new BeginOnce("key", "h", 120_000, "n"));

    runAt(now.plusSeconds(60));
    assertThat(tombstone("gone")).isNotNull();
    assertThat(tombstone("never")).isNotNull();
    assertThat(move(old)).isNotNull();
    assertThat(outcome(link.store().get("uploads", copy.copyId()))).isPresent();
    assertThat(documents("idempotency")).isEqualTo(1);

    runAt(now.plus(Duration.ofHours(2)));
    assertThat(tombstone("gone")).isNull();
    assertThat(tombstone("never")).isNull();
    assertThat(outcome(link.store().get("uploads", copy.copyId()))).isEmpty();
    assertThat(documents("idempotency")).isZero();
    assertThat(tombstone("stays").deleted()).isFalse();

    runAt(now.plus(Duration.ofDays(3)));
    assertThat(move(old)).isNull();
    assertThat(move(recent)).isNotNull();
    assertThat(node.upload("gone", "s3").version()).isGreaterThan(placed.version() + 1);
  }

  @Test
  void whatTheBrokerDoesNotHaveYetIsKeptHoweverOldItIs() {
    Instant now = Instant.now();
    List<OutboxEntry> old = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String id = TimeId.of(now.minus(Duration.ofDays(400)).plusMillis(i), "fact");
      old.add(new OutboxEntry(id, OutboxEntry.Kind.ACCESS, "f", "{}"));
    }
    node.ask(InsightApi.OUTBOX_ADD, new OutboxAdd(old, 2_000));
    runAt(now);
    runAt(now.plus(Duration.ofDays(400)));
    assertThat(node.ask(InsightApi.OUTBOX_CLAIM, new OutboxClaim("n", 60_000, 1_000)).entries())
        .containsExactlyElementsOf(old);
  }

  @Test
  void accessEventsAreForgottenByTheDayAndNotBefore() {
    Instant now = Instant.now();
    List<AccessEvent> events = new ArrayList<>();
    for (int day : List.of(29, 28, 10, 0)) {
      events.add(
          new AccessEvent(
              "e" + day,
              "f",
              AccessKind.READ,
              now.minus(Duration.ofDays(day)),
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
              "test"));
    }
    node.ask(InsightApi.APPEND_EVENTS, new InsightApi.EventBatch(events));
    runAt(now);
    assertThat(keptEvents()).isEqualTo(4);
    runAt(now.plus(Duration.ofDays(3)));
    assertThat(keptEvents()).as("30 days are kept").isEqualTo(2);
    runAt(now.plus(Duration.ofDays(32)));
    assertThat(keptEvents()).isZero();
  }

  private long keptEvents() {
    return node.ask(InsightApi.COUNT_EVENTS, Done.DONE).count();
  }

  private FileRecord tombstone(String id) {
    return node.ask(CatalogApi.GET_FILE, new GetFile(id, true)).file();
  }

  private MoveRecord move(MoveRecord move) {
    return node.ask(CatalogApi.GET_MOVE, new GetMove(move.moveId(), null)).move();
  }

  private long documents(String collection) {
    return outcome(link.store().count(collection, new JsonObject()));
  }

  private MoveRecord ended(Instant submitted) {
    MoveRecord move = Samples.move(TimeId.next(submitted), "m", "azure", MoveState.DONE, 5, null);
    MoveRecord inserted = node.ask(CatalogApi.INSERT_MOVE, move).move();
    node.ask(CatalogApi.FINISH_MOVE, inserted);
    return inserted;
  }

  @Test
  void aNewerSchemaIsRefusedAndAnOlderOneMigratedStepByStep() {
    List<Integer> run = new ArrayList<>();
    SchemaGuard third = new SchemaGuard(List.of(step(run, 1), step(run, 2)));
    StoreLink migrating = linked(third, node.database + "_schema");
    await().until(() -> outcome(migrating.status()).connected());
    assertThat(run).as("an empty catalog needs no step").isEmpty();
    JsonObject first = new JsonObject().put("_id", "catalog").put("version", 1);
    assertThat(outcome(migrating.store().replace("schema", first, 3))).isTrue();
    outcome(third.prepare(migrating.store()));
    assertThat(run).containsExactly(1, 2);
    outcome(third.prepare(migrating.store()));
    assertThat(run).as("once is enough").hasSize(2);

    try (CatalogNode behind = CatalogNode.start(url(), node.database + "_schema")) {
      await().until(() -> behind.status().detail().contains("version 3"));
      assertThat(behind.status().connected()).isFalse();
      refusal(behind.send(CatalogApi.GET_FILE, new GetFile("a", false)), ErrorCode.CATALOG_DOWN);
    }
    outcome(migrating.close());
  }

  private static Function<DocumentStore, Future<Void>> step(List<Integer> run, int number) {
    return store -> {
      run.add(number);
      return Future.succeededFuture();
    };
  }
}
