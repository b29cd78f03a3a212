package io.movingdata.e2e.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.judge.Violation;
import io.movingdata.e2e.Contents;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.ClientHistory;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.movingdata.testkit.Results;
import io.movingdata.testkit.net.FaultProxy;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Clients upload, overwrite, move, replicate, read and delete while copies are damaged, nodes are
 * killed and providers cut off, all as a seed decides; afterwards everything agrees again, and the
 * judge finds nothing lost. {@code -Drandom.seconds} and {@code -Drandom.seed} choose.
 */
class RandomIT {
  private static final int CLIENTS = 3;
  private static final int FILES = 40;
  private static final int SMALL = 20_000;
  private static final int LARGE = 12_000_000;

  private final ClientHistory history = new ClientHistory();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void nothingIsLostWhateverHappens() {
    long seed = Long.getLong("random.seed", 20261126);
    Duration time = Duration.ofSeconds(Integer.getInteger("random.seconds", 40));
    Vertx vertx = Vertx.vertx();
    try (LocalSystem system = system();
        Tamper tamper = new Tamper(system)) {
      system.witness();
      List<FaultProxy> links = links(system, vertx);
      List<NodeProcess> nodes = List.of(system.clustered("a"), system.clustered("b"));
      assertThat(nodes.get(0).api().post("/seed", new JsonObject()).status()).isEqualTo(200);
      Chaos chaos = new Chaos(system, tamper, nodes, links, seed);
      Instant until = Instant.now().plus(time);
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        Random random = new Random(seed * 31 + client);
        clients.add(CompletableFuture.runAsync(() -> work(nodes, random, until), RandomIT::begin));
      }
      chaos.run(until);
      clients.forEach(CompletableFuture::join);
      links.forEach(FaultProxy::heal);
      Api api = nodes.get(0).api();
      comesToAgree(api);
      system.witness().awaitRest(Duration.ofMinutes(3));
      List<Violation> violations = system.witness().verdict(history.operations());
      String summary =
          "seed %d: %d requests in %s, %s, %d violations"
              .formatted(seed, asked.get(), time, chaos.summary(), violations.size());
      System.out.println("random test, " + summary);
      assertThat(violations).as(summary).isEmpty();
    } finally {
      Results.outcome(vertx.close());
    }
  }

  private static void begin(Runnable work) {
    new Thread(work, "client").start();
  }

  private static LocalSystem system() {
    return LocalSystem.create("random")
        .with("CONSISTENCY_POLL_MS", "300")
        .with("CONSISTENCY_LIGHT_INTERVAL_MS", "5000")
        .with("CONSISTENCY_BREAKER_PERCENT", "100")
        .with("COLLECT_STALE_MS", "5000")
        .with("COLLECT_GRACE_MS", "1000")
        .with("MOVER_RETRY_BASE_MS", "200")
        .with("MOVER_RETRY_CAP_MS", "2000")
        .with("MOVER_MAX_ATTEMPTS", "1000");
  }

  private static List<FaultProxy> links(LocalSystem system, Vertx vertx) {
    List<FaultProxy> links = new ArrayList<>();
    String[][] servers = {
      {"s3", "S3_ENDPOINT"}, {"azurite", "AZURITE_BLOB_URL"}, {"gcs", "GCS_ENDPOINT"}
    };
    for (String[] server : servers) {
      FaultProxy link = Results.outcome(FaultProxy.inFrontOf(vertx, system.endpoint(server[0])));
      system.with(server[1], link.endpoint().toString());
      links.add(link);
    }
    return links;
  }

  private void work(List<NodeProcess> nodes, Random random, Instant until) {
    while (Instant.now().isBefore(until)) {
      NodeProcess node = nodes.get(random.nextInt(nodes.size()));
      if (node.ready()) {
        try {
          act(node.api(), random);
        } catch (UncheckedIOException killed) {
          Chaos.pause(200);
        }
      }
      Chaos.pause(random.nextInt(150));
    }
  }

  private void act(Api api, Random random) {
    String file = "random/" + random.nextInt(FILES);
    asked.incrementAndGet();
    int choice = random.nextInt(100);
    if (choice < 35) {
      int size = random.nextInt(30) == 0 ? LARGE : random.nextInt(SMALL);
      history.write(api, file, Contents.bytes(size, random.nextInt()), null);
    } else if (choice < 60) {
      JsonObject targets = new JsonObject().put("targets", new JsonArray().add("gcs"));
      api.post("/replicas/" + Api.encode(file), targets, "Prefer", "respond-async");
    } else if (choice < 75) {
      String target = random.nextBoolean() ? "s3" : "azure";
      history.move(api, file, target, "Prefer", "respond-async");
    } else if (choice < 97) {
      history.read(api, file);
    } else {
      history.delete(api, file);
    }
  }

  /** Passes go on until there is nothing to be found any more. */
  private static void comesToAgree(Api api) {
    await("everything agrees")
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .untilAsserted(
            () -> {
              deepPass(api);
              JsonObject status = api.get("/consistency/status").json();
              assertThat(status.getString("status"))
                  .as(status.encodePrettily())
                  .isEqualTo("in_sync");
              assertThat(status.getInteger("pending")).as(status.encodePrettily()).isZero();
            });
  }

  private static void deepPass(Api api) {
    JsonObject wanted = new JsonObject().put("kind", "deep");
    await("a deep pass begins")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> api.post("/consistency/passes", wanted).status() == 202);
    await("it ends")
        .atMost(Duration.ofMinutes(3))
        .until(
            () -> api.get("/consistency/passes/current").json().getString("finished_at") != null);
    await("what it found is worked on")
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () -> {
              JsonArray open = api.get("/consistency/findings?state=open").array();
              assertThat(open).as(open.encodePrettily()).isEmpty();
            });
  }
}
