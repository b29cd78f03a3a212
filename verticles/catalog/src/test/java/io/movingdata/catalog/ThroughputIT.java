package io.movingdata.catalog;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.testkit.process.LocalStackProcess;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What bulk moves ask for, over a catalog of some thousand files. The floors are a tenth of what a
 * small machine does: below them a query has lost its index.
 */
class ThroughputIT {
  private static final Logger LOG = LoggerFactory.getLogger(ThroughputIT.class);
  private static final int FILES = 3_000;
  private static final int SAMPLE = 1_500;
  private static final int WIDTH = 32;

  @TempDir Path data;

  @Test
  void placementsAndSavesStayFastInALargeCatalog() {
    try (LocalStackProcess stack = LocalStackProcess.start(data, "mongo");
        CatalogNode node = CatalogNode.start(stack.endpoint("mongo").toString()).ready()) {
      FileRecord[] files = new FileRecord[FILES];
      rate("first placements with their intents", FILES, i -> upload(node, "f" + i, files, i));
      MoveRecord[] moves = new MoveRecord[FILES];
      double inserts =
          rate(
              "INSERT_MOVE",
              FILES,
              i ->
                  node.send(CatalogApi.INSERT_MOVE, Samples.move("f" + i, "azure"))
                      .onSuccess(reply -> moves[i] = reply.move()));
      double saves = rate("SAVE_MOVE", SAMPLE, i -> node.send(CatalogApi.SAVE_MOVE, moves[i]));
      Replica[] copies = new Replica[SAMPLE];
      rate(
          "OPEN_COPY",
          SAMPLE,
          i -> {
            copies[i] = Samples.replica("f" + i, "azure", Samples.copyId());
            return node.send(CatalogApi.OPEN_COPY, Samples.intent("f" + i, copies[i]));
          });
      double placements =
          rate(
              "PLACE",
              SAMPLE,
              i ->
                  node.send(
                      CatalogApi.PLACE,
                      new Place(
                          Samples.withCopies(files[i], copies[i]),
                          files[i].version(),
                          copies[i].copyId(),
                          "moved",
                          900_000)));
      assertThat(inserts).as("INSERT_MOVE a second").isGreaterThan(100);
      assertThat(saves).as("SAVE_MOVE a second").isGreaterThan(100);
      assertThat(placements).as("PLACE a second").isGreaterThan(30);
    }
  }

  private static Future<?> upload(CatalogNode node, String id, FileRecord[] files, int index) {
    Replica copy = Samples.replica(id, "s3", Samples.copyId());
    FileRecord file = Samples.file(id, "c".repeat(32), copy);
    return node.send(CatalogApi.OPEN_COPY, Samples.intent(id, copy))
        .compose(
            opened -> node.send(CatalogApi.PLACE, new Place(file, 0, copy.copyId(), "new", 1_000)))
        .onSuccess(placed -> files[index] = placed.file());
  }

  /** Operations a second, so many at a time. */
  private static double rate(String what, int count, IntFunction<Future<?>> operation) {
    long start = System.nanoTime();
    List<Future<?>> lanes = new ArrayList<>();
    for (int lane = 0; lane < WIDTH; lane++) {
      lanes.add(lane(lane, count, operation));
    }
    outcome(Future.all(lanes));
    double rate = count * 1e9 / (System.nanoTime() - start);
    LOG.info("{}: {} a second", what, Math.round(rate));
    return rate;
  }

  private static Future<?> lane(int index, int count, IntFunction<Future<?>> operation) {
    return index >= count
        ? Future.succeededFuture()
        : operation.apply(index).compose(done -> lane(index + WIDTH, count, operation));
  }
}
