package io.movingdata.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi.DiscardCopy;
import io.movingdata.core.contract.CatalogApi.Discarded;
import io.movingdata.core.contract.CatalogApi.FileReply;
import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every order in which the steps of a placement and a discard of one copy can happen. */
class PlacementInterleavingTest {
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
  void aMoveAndADiscardAgreeInEveryOrder() {
    int schedules = allSchedules(() -> PlacementWorld.withFile(bus));
    assertThat(schedules).isGreaterThan(300);
  }

  @Test
  void aFirstUploadAndADiscardAgreeInEveryOrder() {
    int schedules = allSchedules(() -> new PlacementWorld(bus));
    assertThat(schedules).isGreaterThan(100);
  }

  /** Runs each path to its end from a fresh world, and notes where it could have turned. */
  private static int allSchedules(Supplier<PlacementWorld> worlds) {
    Deque<List<Integer>> open = new ArrayDeque<>();
    open.push(List.of());
    int finished = 0;
    while (!open.isEmpty()) {
      List<Integer> schedule = new ArrayList<>(open.pop());
      Race race = new Race(worlds.get());
      schedule.forEach(race::step);
      for (List<Integer> able = race.choices(); !able.isEmpty(); able = race.choices()) {
        for (int other : able.subList(1, able.size())) {
          List<Integer> turn = new ArrayList<>(schedule);
          turn.add(other);
          open.push(turn);
        }
        schedule.add(able.get(0));
        race.step(able.get(0));
      }
      race.checkOutcome(schedule);
      finished++;
    }
    return finished;
  }

  /** A placement and a discard under way at the same time. */
  private static final class Race {
    private final PlacementWorld world;
    private final List<SteppedStore> actors = new ArrayList<>();
    private final Future<FileReply> placed;
    private final Future<Discarded> discarded;

    Race(PlacementWorld world) {
      this.world = world;
      Place arrival = world.arrival();
      placed = act(view -> world.place(view, arrival));
      discarded = act(view -> world.discard(view, world.discard()));
    }

    private <T> Future<T> act(Function<SteppedStore, Future<T>> deed) {
      SteppedStore view = new SteppedStore(world.store);
      actors.add(view);
      return deed.apply(view);
    }

    void step(int actor) {
      boolean buried = world.garbage(world.copy).isPresent();
      actors.get(actor).step();
      if (buried) {
        assertThat(world.file().filter(f -> f.references(world.copy.copyId())))
            .as("a copy with its entry written is referenced")
            .isEmpty();
      }
    }

    List<Integer> choices() {
      List<Integer> able = new ArrayList<>();
      for (int i = 0; i < actors.size(); i++) {
        if (actors.get(i).canStep()) {
          able.add(i);
        }
      }
      return able;
    }

    void checkOutcome(List<Integer> schedule) {
      boolean referenced = world.file().filter(f -> f.references(world.copy.copyId())).isPresent();
      assertThat(discarded.succeeded()).as("discard after %s", schedule).isTrue();
      assertThat(discarded.result().discarded()).as("%s", schedule).isEqualTo(!referenced);
      assertThat(placed.succeeded()).as("placement after %s", schedule).isEqualTo(referenced);
      if (!referenced) {
        assertThat(placed.cause())
            .as("%s", schedule)
            .matches(
                e ->
                    MovingDataException.is(e, ErrorCode.CONFLICT)
                        || MovingDataException.is(e, ErrorCode.VERSION_CONFLICT));
        assertThat(world.garbage(world.copy)).as("%s", schedule).isPresent();
      }
      world.check(schedule);
      world.checkNothingLeaks(schedule);
    }
  }

  @Test
  void anyMixOfZombiesCrashesAndCollectorsLosesNothing() {
    for (long seed = 0; seed < 5_000; seed++) {
      new Mix(seed).run();
    }
  }

  /** Actors that come, retry as they are allowed to, crash at any step and are started again. */
  private static final class Mix {
    private final Random random;
    private final long seed;
    private final PlacementWorld world;
    private final List<SteppedStore> actors = new ArrayList<>();

    Mix(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.world = random.nextBoolean() ? PlacementWorld.withFile(bus) : new PlacementWorld(bus);
    }

    void run() {
      Place early = world.arrival();
      for (int turn = 0; turn < 60; turn++) {
        if (actors.size() < 4 && random.nextInt(4) == 0) {
          start(early);
        } else if (!actors.isEmpty()) {
          turn(random.nextInt(actors.size()));
        }
        world.check(seed);
      }
      while (!actors.isEmpty()) {
        turn(random.nextInt(actors.size()));
        world.check(seed);
      }
      DiscardCopy last = world.discard();
      PlacementWorld.await(world.discard(world.store, last));
      world.check(seed);
      world.checkNothingLeaks(seed);
    }

    private void turn(int index) {
      SteppedStore actor = actors.get(index);
      if (!actor.canStep() || random.nextInt(12) == 0) {
        actors.remove(index);
        return;
      }
      actor.step();
    }

    private void start(Place early) {
      SteppedStore view = new SteppedStore(world.store);
      actors.add(view);
      switch (random.nextInt(6)) {
        case 0 -> world.place(view, early);
        case 1 -> world.place(view, world.arrival());
        case 2 -> world.discard(view, world.discard());
        case 3 -> world.collect(view, world.copy.copyId());
        case 4 -> world.collect(view, world.old.copyId());
        default -> departure(view);
      }
    }

    /** The new copy leaves again: the file is deleted. */
    private void departure(SteppedStore view) {
      world
          .file()
          .filter(file -> !file.deleted())
          .ifPresent(
              file ->
                  world.place(
                      view, new Place(Samples.deleted(file), file.version(), null, "deleted", 0)));
    }
  }
}
