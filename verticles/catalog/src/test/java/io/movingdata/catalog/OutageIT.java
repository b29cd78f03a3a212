package io.movingdata.catalog;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.bus.Address;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.CatalogApi.CatalogStatus;
import io.movingdata.core.contract.CatalogApi.GetFile;
import io.movingdata.core.contract.CatalogApi.GetMove;
import io.movingdata.core.contract.CatalogApi.Place;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.MoveRecord;
import io.movingdata.core.retry.Retries;
import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.testkit.net.Direction;
import io.movingdata.testkit.net.FaultProxy;
import io.movingdata.testkit.net.LinkFaults;
import io.movingdata.testkit.process.LocalStackProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store dies, is late, or is never there. */
class OutageIT {
  @TempDir Path data;
  private LocalStackProcess stack;

  @BeforeEach
  void startStore() {
    stack = LocalStackProcess.start(data, "mongo");
  }

  @AfterEach
  void stopStore() {
    stack.close();
  }

  private String url() {
    return stack.endpoint("mongo").toString();
  }

  @Test
  void whatWasAcknowledgedSurvivesAKillInTheMiddleOfAStreamOfWrites() {
    try (CatalogNode node = CatalogNode.start(url()).ready()) {
      Map<String, FileRecord> files = new ConcurrentHashMap<>();
      Map<String, MoveRecord> moves = new ConcurrentHashMap<>();
      List<Throwable> failures = new CopyOnWriteArrayList<>();
      AtomicInteger writers = new AtomicInteger();
      for (int i = 0; i < 20; i++) {
        writers.incrementAndGet();
        write(node, "w" + i, files, moves)
            .onFailure(failures::add)
            .onComplete(stopped -> writers.decrementAndGet());
      }
      await().until(() -> files.size() == 20 && moves.size() == 20);
      long reached = files.values().stream().mapToLong(FileRecord::version).sum();
      await()
          .until(
              () -> files.values().stream().mapToLong(FileRecord::version).sum() > reached + 200);

      stack.kill();
      await().atMost(Duration.ofSeconds(15)).until(() -> writers.get() == 0);
      assertThat(failures)
          .hasSize(20)
          .allMatch(
              e ->
                  MovingDataException.is(e, ErrorCode.CATALOG_DOWN)
                      || MovingDataException.is(e, ErrorCode.SERVICE_TIMEOUT));
      stack.restart();
      node.ready();

      for (FileRecord acknowledged : files.values()) {
        FileRecord stored =
            node.ask(CatalogApi.GET_FILE, new GetFile(acknowledged.id(), false)).file();
        assertThat(stored.version()).isGreaterThanOrEqualTo(acknowledged.version());
        assertThat(stored.version())
            .as("one unacknowledged change at most")
            .isLessThanOrEqualTo(acknowledged.version() + 1);
      }
      for (MoveRecord acknowledged : moves.values()) {
        MoveRecord stored =
            node.ask(CatalogApi.GET_MOVE, new GetMove(acknowledged.moveId(), null)).move();
        assertThat(stored.version()).isGreaterThanOrEqualTo(acknowledged.version());
      }
      FileRecord one = node.ask(CatalogApi.GET_FILE, new GetFile("w0", false)).file();
      assertThat(outcome(node.move(one, "gcs")).file().version()).isEqualTo(one.version() + 1);
    }
  }

  /** Moves a file back and forth and saves its move until the store is gone. */
  private static Future<Void> write(
      CatalogNode node, String id, Map<String, FileRecord> files, Map<String, MoveRecord> moves) {
    node.upload(id, "s3");
    MoveRecord move = node.ask(CatalogApi.INSERT_MOVE, Samples.move(id, "azure")).move();
    files.put(id, node.ask(CatalogApi.GET_FILE, new GetFile(id, false)).file());
    moves.put(id, move);
    return next(node, id, files, moves);
  }

  private static Future<Void> next(
      CatalogNode node, String id, Map<String, FileRecord> files, Map<String, MoveRecord> moves) {
    return node.move(files.get(id), "azure")
        .compose(
            placed -> {
              files.put(id, placed.file());
              return node.send(CatalogApi.SAVE_MOVE, moves.get(id));
            })
        .compose(
            saved -> {
              moves.put(id, saved.move());
              return next(node, id, files, moves);
            });
  }

  @Test
  void aDeadStoreIsCatalogDownWithinFourSecondsAtOnceAfterwardsAndReturnsByItself() {
    try (CatalogNode node = CatalogNode.start(url()).ready()) {
      node.upload("a", "s3");
      stack.kill();
      refusal(
          node.send(CatalogApi.GET_FILE, new GetFile("a", false)),
          ErrorCode.CATALOG_DOWN,
          Duration.ofSeconds(4));
      for (int i = 0; i < 20; i++) {
        MovingDataException refusal =
            refusal(
                node.send(CatalogApi.INSERT_MOVE, Samples.move("a", "gcs")),
                ErrorCode.CATALOG_DOWN,
                Duration.ofMillis(500));
        assertThat(refusal.retryAfterMs()).isPositive();
      }
      CatalogStatus status = node.status();
      assertThat(status.connected()).isFalse();
      assertThat(status.detail()).isNotBlank();

      stack.restart();
      node.ready();
      assertThat(node.ask(CatalogApi.GET_FILE, new GetFile("a", false)).file()).isNotNull();
    }
  }

  @Test
  void aNodeStartsWithoutTheStoreAndFindsItLater() {
    String url = url();
    stack.kill();
    try (CatalogNode node = CatalogNode.start(url)) {
      refusal(
          node.send(CatalogApi.GET_FILE, new GetFile("a", false)),
          ErrorCode.CATALOG_DOWN,
          Duration.ofMillis(500));
      assertThat(node.status().connected()).isFalse();
      stack.restart();
      node.ready();
      assertThat(node.upload("a", "s3").id()).isEqualTo("a");
    }
  }

  @Test
  void aStoreThatGoesAwayAgainWhileItIsPreparedReturnsByItself() {
    Vertx vertx = Vertx.vertx();
    FaultProxy proxy = outcome(FaultProxy.inFrontOf(vertx, stack.endpoint("mongo")));
    try (CatalogNode node = CatalogNode.start(proxy.endpoint().toString()).ready()) {
      stack.kill();
      await().until(() -> !node.status().connected());
      // The driver reads twice before it gives up.
      proxy.loseAnswers(2, request -> request.toString(ISO_8859_1).contains("schema"));
      stack.restart();
      node.ready();
      assertThat(proxy.answersLost()).isEqualTo(2);
      assertThat(node.upload("a", "s3").id()).isEqualTo("a");
    } finally {
      outcome(proxy.close());
      outcome(vertx.close());
    }
  }

  @Test
  void aChangeWhoseAnswerIsLostHappensOnceHoweverOftenItIsSent() {
    Vertx vertx = Vertx.vertx();
    FaultProxy proxy = outcome(FaultProxy.inFrontOf(vertx, stack.endpoint("mongo")));
    try (CatalogNode node = CatalogNode.start(proxy.endpoint().toString()).ready()) {
      FileRecord file = node.upload("a", "s3");
      MoveRecord move = node.ask(CatalogApi.INSERT_MOVE, Samples.move("a", "azure")).move();
      // Each connection breaks in the middle of some answer to come.
      proxy.set(Direction.DOWN, LinkFaults.cutAfter(3_000));
      proxy.reset();
      AtomicInteger unknown = new AtomicInteger();
      for (int change = 1; change <= 100; change++) {
        MoveRecord saved = persistently(node, unknown, CatalogApi.SAVE_MOVE, move).move();
        assertThat(saved.version()).isEqualTo(move.version() + 1);
        move = saved;
      }
      for (int change = 1; change <= 20; change++) {
        Place pin =
            new Place(
                Samples.sized(file, change, file.updatedAt()), file.version(), null, "pinned", 0);
        FileRecord placed = persistently(node, unknown, CatalogApi.PLACE, pin).file();
        assertThat(placed.version()).isEqualTo(file.version() + 1);
        file = placed;
      }
      assertThat(unknown.get()).as("changes whose answer was lost").isPositive();
    } finally {
      outcome(proxy.close());
      outcome(vertx.close());
    }
  }

  private static <Q, R> R persistently(
      CatalogNode node, AtomicInteger unknown, Address<Q, R> address, Q request) {
    return outcome(
        Retries.run(
            node.vertx,
            new RetryPolicy(200, 20, 1_000),
            () ->
                node.send(address, request)
                    .onFailure(
                        failure -> {
                          if (MovingDataException.is(failure, ErrorCode.SERVICE_TIMEOUT)) {
                            unknown.incrementAndGet();
                          }
                        })));
  }

  @Test
  void aFrozenStoreShutsTheGateLongBeforeTheSocketTimesOut() {
    try (CatalogNode node = CatalogNode.start(url()).ready()) {
      node.upload("a", "s3");
      MoveRecord move = node.ask(CatalogApi.INSERT_MOVE, Samples.move("a", "gcs")).move();
      signal("STOP");
      try {
        Future<?> read = node.send(CatalogApi.GET_FILE, new GetFile("a", false));
        Future<?> change = node.send(CatalogApi.SAVE_MOVE, move);
        refusal(read, ErrorCode.CATALOG_DOWN, Duration.ofSeconds(8));
        refusal(change, ErrorCode.SERVICE_TIMEOUT, Duration.ofSeconds(1));
        await()
            .atMost(Duration.ofSeconds(7))
            .untilAsserted(() -> assertThat(node.status().connected()).isFalse());
        refusal(
            node.send(CatalogApi.GET_FILE, new GetFile("a", false)),
            ErrorCode.CATALOG_DOWN,
            Duration.ofMillis(500));
      } finally {
        signal("CONT");
      }
      node.ready();
      assertThat(node.ask(CatalogApi.GET_FILE, new GetFile("a", false)).file()).isNotNull();
    }
  }

  private static void signal(String name) {
    List<Long> stores =
        ProcessHandle.current()
            .children()
            .filter(
                child ->
                    String.join(" ", child.info().arguments().orElse(new String[0]))
                        .contains("LocalStack mongo"))
            .map(ProcessHandle::pid)
            .toList();
    assertThat(stores).as("the store's process").hasSize(1);
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, stores.get(0).toString()).start();
      assertThat(kill.waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
