package io.movingdata.catalog;

import io.movingdata.core.bus.Bus;
import io.movingdata.testkit.random.Shrinker;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The catalog's services and the model of them, asked the same: few files and few copies, so that
 * everything meets everything; old versions, repeated requests, processes that die half-way. {@code
 * -Dconformity.seed=N -Dconformity.sequences=M} begins elsewhere, or goes on for longer.
 */
class ConformityTest {
  static final int LENGTH = 40;

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
  void theServicesDoWhatTheModelSays() {
    long first = Long.getLong("conformity.seed", 0);
    long sequences = Long.getLong("conformity.sequences", 2_000);
    for (long seed = first; seed < first + sequences; seed++) {
      List<Deed> deeds = Deed.sequence(seed, LENGTH, true);
      if (difference(deeds).isPresent()) {
        throw new AssertionError(report(seed, deeds));
      }
    }
  }

  private static Optional<String> difference(List<Deed> deeds) {
    return Conformity.difference(new MemoryStore(), bus, deeds);
  }

  private static String report(long seed, List<Deed> deeds) {
    List<Deed> shortest = Shrinker.shrink(deeds, shorter -> difference(shorter).isPresent());
    return "seed %d, after%n%s%n%s"
        .formatted(
            seed,
            shortest.stream().map(Deed::toString).collect(Collectors.joining("\n")),
            difference(shortest).orElseThrow());
  }
}
