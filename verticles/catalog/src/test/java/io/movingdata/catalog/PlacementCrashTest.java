package io.movingdata.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi.Discarded;
import io.movingdata.core.contract.CatalogApi.FileReply;
import io.movingdata.core.contract.CatalogApi.GetMove;
import io.movingdata.core.contract.CatalogApi.MoveInserted;
import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.contract.CatalogApi.SettleGarbage;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.MoveState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A process that dies after each step, and the same request sent once more. */
class PlacementCrashTest {
  private static Vertx vertx;
  private static Bus bus;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    bus = new Bus(vertx);
  }

  @AfterAll
  static void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void repeatingADiscardFinishesItWhereverItStopped() {
    int steps = 0;
    boolean ended = false;
    for (; !ended; steps++) {
      PlacementWorld world = PlacementWorld.withFile(bus);
      SteppedStore dying = new SteppedStore(world.store);
      Future<Discarded> first = world.discard(dying, world.discard());
      ended = stepUpTo(dying, steps);

      Discarded again = PlacementWorld.await(world.discard(world.store, world.discard()));

      assertThat(again.discarded()).as("stopped after %d steps", steps).isTrue();
      Garbage entry = world.garbage(world.copy).orElseThrow();
      assertThat(entry.resumeToken()).isEqualTo("sealed-token");
      assertThat(entry.key()).isEqualTo(world.copy.key());
      assertThat(PlacementWorld.await(world.copies(world.store).get(world.copy.copyId())))
          .isEmpty();
      assertThat(first.isComplete()).isEqualTo(ended);
    }
    assertThat(steps).as("steps of a discard").isGreaterThan(5);
  }

  @Test
  void repeatingAPlacementFinishesItWhereverItStopped() {
    int steps = 0;
    boolean ended = false;
    for (; !ended; steps++) {
      PlacementWorld world = PlacementWorld.withFile(bus);
      Place arrival = world.arrival();
      SteppedStore dying = new SteppedStore(world.store);
      Future<FileReply> first = world.place(dying, arrival);
      ended = stepUpTo(dying, steps);

      FileRecord file = PlacementWorld.await(world.place(world.store, arrival)).file();

      assertThat(file.version()).as("switched once").isEqualTo(arrival.expectedVersion() + 1);
      assertThat(file.references(world.copy.copyId())).isTrue();
      assertThat(world.garbage(world.old)).as("stopped after %d steps", steps).isPresent();
      assertThat(PlacementWorld.await(world.copies(world.store).get(world.copy.copyId())))
          .isEmpty();
      assertThat(first.isComplete()).isEqualTo(ended);
    }
    assertThat(steps).as("steps of a placement").isGreaterThan(5);
  }

  @Test
  void repeatingADeletionFindsTheTombstone() {
    PlacementWorld world = PlacementWorld.withFile(bus);
    FileRecord file = world.file().orElseThrow();
    Place deletion = new Place(Samples.deleted(file), file.version(), null, "deleted", 0);
    FileRecord first = PlacementWorld.await(world.place(world.store, deletion)).file();
    FileRecord second = PlacementWorld.await(world.place(world.store, deletion)).file();
    assertThat(second).isEqualTo(first);
    assertThat(world.garbage(world.old)).isPresent();
  }

  @Test
  void repeatingAChangeOfPinsAnswersWithTheDocument() {
    PlacementWorld world = PlacementWorld.withFile(bus);
    FileRecord file = world.file().orElseThrow();
    FileRecord changed = Samples.sized(file, file.sizeBytes(), Samples.NOW.plusSeconds(1));
    Place change = new Place(changed, file.version(), null, "pinned", 0);
    FileRecord first = PlacementWorld.await(world.place(world.store, change)).file();
    assertThat(PlacementWorld.await(world.place(world.store, change)).file()).isEqualTo(first);
  }

  @Test
  void aPlacementAfterADiscardIsRefusedHoweverFreshItsVersion() {
    PlacementWorld world = PlacementWorld.withFile(bus);
    PlacementWorld.await(world.discard(world.store, world.discard()));
    Future<FileReply> late = world.place(world.store, world.arrival());
    assertThat(late.cause()).matches(e -> MovingDataException.is(e, ErrorCode.CONFLICT));
  }

  @Test
  void aDiscardedCopyCannotBeOpenedAgain() {
    PlacementWorld world = PlacementWorld.withFile(bus);
    PlacementWorld.await(world.discard(world.store, world.discard()));
    Future<?> late =
        new CopyService(world.copies(world.store), Clock.systemUTC())
            .open(Samples.intent(PlacementWorld.FILE, world.copy));
    assertThat(late.cause()).matches(e -> MovingDataException.is(e, ErrorCode.CONFLICT));
  }

  @Test
  void aNewFileStartsAboveTheVersionOfItsTombstone() {
    PlacementWorld world = PlacementWorld.withFile(bus);
    FileRecord file = world.file().orElseThrow();
    PlacementWorld.await(
        world.place(
            world.store, new Place(Samples.deleted(file), file.version(), null, "deleted", 0)));
    long tombstone = world.file().orElseThrow().version();
    Place anew = world.arrival();
    assertThat(anew.expectedVersion()).isZero();
    assertThat(PlacementWorld.await(world.place(world.store, anew)).file().version())
        .isGreaterThan(tombstone);
  }

  @Test
  void aFirstPlacementThatIsLateFindsNothingEvenWhenTheTombstoneIsForgotten() {
    PlacementWorld world = new PlacementWorld(bus);
    SteppedStore late = new SteppedStore(world.store);
    Future<FileReply> placement = world.place(late, world.arrival());
    while (world.file().isEmpty()) {
      late.step();
    }
    late.step();
    late.step(); // It has looked at the intent and for an entry, and would switch next.
    PlacementWorld.await(world.discard(world.store, world.discard()));
    PlacementWorld.await(world.store.remove("files", PlacementWorld.FILE));
    late.run();
    assertThat(placement.cause())
        .matches(e -> MovingDataException.is(e, ErrorCode.VERSION_CONFLICT));
    assertThat(world.file()).isEmpty();
  }

  @Test
  void aCopyThatLeftCannotJoinAgainThroughAnIntentLeftOpen() {
    PlacementWorld world = PlacementWorld.withFile(bus);
    SteppedStore dying = new SteppedStore(world.store);
    Place arrival = world.arrival();
    var unused = world.place(dying, arrival);
    while (world.file().filter(f -> f.references(world.copy.copyId())).isEmpty()) {
      dying.step();
    }
    assertThat(PlacementWorld.await(world.copies(world.store).get(world.copy.copyId())))
        .as("the crash left the intent open")
        .isPresent();
    FileRecord file = world.file().orElseThrow();
    PlacementWorld.await(
        world.place(
            world.store, new Place(Samples.deleted(file), file.version(), null, "deleted", 0)));
    Future<FileReply> zombie = world.place(world.store, world.arrival());
    assertThat(zombie.cause()).matches(e -> MovingDataException.is(e, ErrorCode.CONFLICT));
  }

  @Test
  void aCopyThatLeftCannotJoinAgainThroughAnIntentOpenedLate() {
    PlacementWorld world = PlacementWorld.withFile(bus);
    PlacementWorld.await(world.place(world.store, world.arrival()));
    FileRecord file = world.file().orElseThrow();
    PlacementWorld.await(
        world.place(
            world.store, new Place(Samples.deleted(file), file.version(), null, "deleted", 0)));
    CopyService copies = new CopyService(world.copies(world.store), Clock.systemUTC());

    PlacementWorld.await(copies.open(Samples.intent(PlacementWorld.FILE, world.copy)));

    Future<FileReply> whileGarbage = world.place(world.store, world.arrival());
    assertThat(whileGarbage.cause()).matches(e -> MovingDataException.is(e, ErrorCode.CONFLICT));
    Garbage entry = world.garbage(world.copy).orElseThrow();
    PlacementWorld.await(
        new GarbageService(
                new GarbageRepository(world.store, Clock.systemUTC()),
                world.copies(world.store),
                new FileRepository(world.store, Clock.systemUTC()),
                Clock.systemUTC())
            .settle(new SettleGarbage(entry.copyId(), entry.version(), null, null)));
    assertThat(world.garbage(world.copy)).isEmpty();
    Future<FileReply> onceCollected = world.place(world.store, world.arrival());
    assertThat(onceCollected.cause()).matches(e -> MovingDataException.is(e, ErrorCode.CONFLICT));
  }

  @Test
  void aCopyThatWasGivenUpBeforeItWasOpenedIsNeverOpened() {
    PlacementWorld world = PlacementWorld.withFile(bus);
    PlacementWorld.await(world.copies(world.store).close(world.copy.copyId()));

    Discarded discarded = PlacementWorld.await(world.discard(world.store, world.discard()));

    assertThat(discarded.discarded()).isTrue();
    Future<?> late =
        new CopyService(world.copies(world.store), Clock.systemUTC())
            .open(Samples.intent(PlacementWorld.FILE, world.copy));
    assertThat(late.cause()).matches(e -> MovingDataException.is(e, ErrorCode.CONFLICT));
  }

  @Test
  void aMoveThatHasEndedDoesNotBeginAgain() {
    MemoryStore store = new MemoryStore();
    MoveService moves =
        new MoveService(
            new MoveRepository(store, Clock.systemUTC()),
            new OutboxRepository(store, Clock.systemUTC()),
            new InsightRepository(store, Clock.systemUTC()));
    MoveRecord move = Samples.move(PlacementWorld.FILE, "gcs");
    MoveRecord active = PlacementWorld.await(moves.insert(move)).move();
    MoveRecord done =
        Samples.move(
                move.moveId(), PlacementWorld.FILE, "gcs", MoveState.DONE, move.priority(), null)
            .atVersion(active.version());
    PlacementWorld.await(moves.finish(done));

    MoveInserted late = PlacementWorld.await(moves.insert(move));

    assertThat(late.inserted()).isFalse();
    assertThat(late.move().state()).isEqualTo(MoveState.DONE);
    assertThat(PlacementWorld.await(moves.get(new GetMove(null, PlacementWorld.FILE))).move())
        .isNull();
  }

  @Test
  void aCollectorThatSawACopyReferencedCannotDismissItsEntryOnceItLeavesAgain() {
    PlacementWorld world = PlacementWorld.withFile(bus);
    SteppedStore dying = new SteppedStore(world.store);
    Place arrival = world.arrival();
    var unused = world.place(dying, arrival);
    while (world.garbage(world.old).isEmpty()) {
      dying.step();
    }
    Garbage seen = world.garbage(world.old).orElseThrow();
    PlacementWorld.await(world.place(world.store, arrival));
    GarbageRepository garbage = new GarbageRepository(world.store, Clock.systemUTC());
    assertThat(PlacementWorld.await(garbage.remove(seen.copyId(), seen.version()))).isFalse();
    assertThat(world.garbage(world.old)).isPresent();
  }

  private static boolean stepUpTo(SteppedStore store, int steps) {
    for (int i = 0; i < steps; i++) {
      if (!store.canStep()) {
        return true;
      }
      store.step();
    }
    return !store.canStep();
  }
}
