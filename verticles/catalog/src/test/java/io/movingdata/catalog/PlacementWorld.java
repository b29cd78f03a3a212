package io.movingdata.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.CatalogApi.DiscardCopy;
import io.movingdata.core.contract.CatalogApi.Discarded;
import io.movingdata.core.contract.CatalogApi.FileReply;
import io.movingdata.core.contract.CatalogApi.ForgetGarbage;
import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Garbage;
import io.movingdata.core.model.Replica;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One file, its copies and those who change it, over a store in memory. */
final class PlacementWorld {
  static final String FILE = "reports/2026.txt";
  static final String CONTENT = "c".repeat(32);

  private static final Clock CLOCK = Clock.systemUTC();

  final MemoryStore store = new MemoryStore();
  final Replica old = Samples.replica(FILE, "s3", Samples.copyId());
  final Replica copy = Samples.replica(FILE, "azure", Samples.copyId());
  private final Bus bus;
  private final Set<String> erased = new HashSet<>();
  private final Set<String> everReferenced = new HashSet<>();

  PlacementWorld(Bus bus) {
    this.bus = bus;
    await(copies(store).insert(Samples.intent(FILE, copy)));
  }

  /** A file with its old copy in place, and the new one under way. */
  static PlacementWorld withFile(Bus bus) {
    PlacementWorld world = new PlacementWorld(bus);
    await(world.copies(world.store).insert(Samples.intent(FILE, world.old)));
    await(
        world.place(
            world.store, new Place(world.fileOf(world.old), 0, world.old.copyId(), "new", 0)));
    return world;
  }

  FileRecord fileOf(Replica... replicas) {
    return Samples.file(FILE, CONTENT, replicas);
  }

  /** The placement of the new copy by one who read the file now. */
  Place arrival() {
    long version = file().filter(f -> !f.deleted()).map(FileRecord::version).orElse(0L);
    return new Place(fileOf(copy), version, copy.copyId(), "moved", 0);
  }

  DiscardCopy discard() {
    return new DiscardCopy(copy.copyId(), FILE, copy.location(), "abandoned", 0);
  }

  Future<FileReply> place(DocumentStore view, Place request) {
    return new PlacementService(
            new FileRepository(view, CLOCK),
            copies(view),
            new GarbageRepository(view, CLOCK),
            bus,
            CLOCK)
        .place(request);
  }

  Future<Discarded> discard(DocumentStore view, DiscardCopy request) {
    return new DiscardService(
            new FileRepository(view, CLOCK),
            copies(view),
            new GarbageRepository(view, CLOCK),
            CLOCK)
        .discard(request);
  }

  /**
   * A collector that finds every entry due: asks for the reference; forgets the entry where there
   * is one, erases the bytes and removes the entry where there is none.
   */
  Future<Void> collect(DocumentStore view, String copyId) {
    GarbageRepository garbage = new GarbageRepository(view, CLOCK);
    return garbage
        .get(copyId)
        .compose(
            entry ->
                entry.isEmpty()
                    ? Future.succeededFuture()
                    : new FileRepository(view, CLOCK)
                        .get(FILE)
                        .compose(file -> collect(view, entry.get(), file)));
  }

  private Future<Void> collect(DocumentStore view, Garbage entry, Optional<FileRecord> file) {
    GarbageRepository garbage = new GarbageRepository(view, CLOCK);
    if (file.filter(f -> f.references(entry.copyId())).isPresent()) {
      return new GarbageService(garbage, copies(view), new FileRepository(view, CLOCK), CLOCK)
          .forget(new ForgetGarbage(entry.copyId(), entry.version()))
          .mapEmpty();
    }
    erased.add(entry.copyId());
    return garbage.remove(entry.copyId(), entry.version()).mapEmpty();
  }

  CopyRepository copies(DocumentStore view) {
    return new CopyRepository(view);
  }

  Optional<FileRecord> file() {
    return await(new FileRepository(store, CLOCK).get(FILE));
  }

  Optional<Garbage> garbage(Replica of) {
    return await(new GarbageRepository(store, CLOCK).get(of.copyId()));
  }

  /** What holds at every moment: no file references a copy whose bytes are erased. */
  void check(Object schedule) {
    file()
        .ifPresent(
            file ->
                file.replicas()
                    .forEach(
                        replica -> {
                          everReferenced.add(replica.copyId());
                          assertThat(erased)
                              .as("schedule %s", schedule)
                              .doesNotContain(replica.copyId());
                        }));
  }

  /** What holds once all have stopped: each copy is referenced, or garbage, or under way. */
  void checkNothingLeaks(Object schedule) {
    for (Replica each : List.of(old, copy)) {
      boolean referenced = file().filter(f -> f.references(each.copyId())).isPresent();
      boolean known =
          referenced
              || garbage(each).isPresent()
              || erased.contains(each.copyId())
              || await(copies(store).get(each.copyId())).isPresent();
      boolean existed = each.equals(copy) || everReferenced.contains(each.copyId());
      assertThat(known || !existed).as("copy %s after %s", each, schedule).isTrue();
    }
  }

  static <T> T await(Future<T> future) {
    assertThat(future.isComplete()).as("a store in memory answers at once").isTrue();
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }
}
