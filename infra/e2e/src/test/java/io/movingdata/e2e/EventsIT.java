package io.movingdata.e2e;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.json.Json;
import io.movingdata.core.model.MoveFact;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.movingdata.testkit.process.LocalStackProcess;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events through two nodes while the broker is killed and stays away, and a node is killed:
 * everything that was acknowledged is in the catalog, once.
 */
class EventsIT {
  private static final int EVENTS = Integer.getInteger("events.count", 8_000);
  private static final int OUTAGE_S = Integer.getInteger("events.outage", 10);
  private static final int REQUEST = 1_000;

  @TempDir Path data;
  private final Vertx vertx = Vertx.vertx();
  private LocalStackProcess broker;
  private LocalSystem system;
  private MongoClient mongo;

  @BeforeEach
  void start() {
    broker = LocalStackProcess.start(data, "kafka");
    system =
        LocalSystem.create("events")
            .optimised()
            .with("KAFKA_BOOTSTRAP", broker.endpoint("kafka").getAuthority());
    mongo =
        MongoClient.create(
            vertx,
            new JsonObject()
                .put("connection_string", system.settings().get("MONGO_URL"))
                .put("db_name", system.settings().get("MONGO_DATABASE")));
  }

  @AfterEach
  void stop() {
    system.close();
    broker.close();
    outcome(vertx.close());
  }

  @Test
  void whatWasAcknowledgedIsInTheCatalogOnceWhateverIsKilled() {
    NodeProcess first = system.clustered("a");
    NodeProcess second = system.clustered("b");
    first.awaitConsumer();
    second.awaitConsumer();
    Random random = new Random(9);
    long again = 0;
    for (int from = 0; from < EVENTS; from += REQUEST) {
      if (from == EVENTS / 4 / REQUEST * REQUEST) {
        broker.kill();
        vertx
            .timer(OUTAGE_S, TimeUnit.SECONDS)
            .onComplete(fired -> vertx.executeBlocking(this::again));
      }
      if (from == EVENTS / 2 / REQUEST * REQUEST) {
        first.kill9();
      }
      NodeProcess to = first.ready() && random.nextBoolean() ? first : second;
      again += send(to.api(), body(random, from), second.api());
    }
    await("the broker is back")
        .atMost(Duration.ofSeconds(60 + OUTAGE_S))
        .until(
            () ->
                second.api().get("/health").json().getJsonObject("kafka").getBoolean("connected"));
    first.start();

    await("every event is in the catalog")
        .atMost(Duration.ofSeconds(120 + EVENTS / 1_000))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(kept()).isEqualTo(EVENTS));
    await("every event is in a file's history once")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(remembered()).isEqualTo(EVENTS));
    assertThat(outcome(mongo.count("outbox", new JsonObject()))).isZero();
    System.out.printf(
        "%d events, broker away for %d s, a node killed, %d requests repeated: none lost, none twice%n",
        EVENTS, OUTAGE_S, again);
  }

  private Void again() {
    broker.restart();
    return null;
  }

  /** How often the request had to be repeated until it was acknowledged. */
  private static int send(Api api, String body, Api other) {
    Api to = api;
    for (int tried = 0; ; tried++) {
      try {
        Api.Answer answer =
            to.call(
                "POST",
                "/ingest_event",
                BodyPublishers.ofString(body),
                "Content-Type",
                "application/x-ndjson");
        if (answer.status() == 200) {
          assertThat(answer.json().getJsonArray("rejected")).isEmpty();
          return tried;
        }
        assertThat(answer.status()).as(answer.body()).isIn(503, 504);
      } catch (RuntimeException | AssertionError gone) {
        if (tried > 60) {
          throw gone;
        }
      }
      to = other;
      await().pollDelay(Duration.ofMillis(300)).until(() -> true);
    }
  }

  private static String body(Random random, int from) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < Math.min(EVENTS, from + REQUEST); i++) {
      JsonObject event =
          new JsonObject()
              .put("event_id", "e" + i)
              .put("file_id", "file " + random.nextInt(200))
              .put("event", random.nextInt(4) == 0 ? "write" : "read")
              .put("client_id", "c" + random.nextInt(30))
              .put("bytes_read", random.nextInt(1_000_000))
              .put("latency_ms", 1 + random.nextInt(200));
      lines.append(event.encode()).append('\n');
    }
    return lines.toString();
  }

  private long kept() {
    long sum = 0;
    for (String name : outcome(mongo.getCollections())) {
      if (name.startsWith("access_events_")) {
        sum += outcome(mongo.count(name, new JsonObject()));
      }
    }
    return sum;
  }

  private long remembered() {
    List<JsonObject> files = outcome(mongo.find("file_insights", new JsonObject()));
    return files.stream()
        .map(file -> file.getJsonObject("history"))
        .mapToLong(history -> history.getLong("reads") + history.getLong("writes"))
        .sum();
  }

  @Test
  void everyMoveIsToldAfterTheBrokerWasAway() {
    NodeProcess node = system.node("a");
    node.awaitConsumer();
    Api api = node.api();
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
    assertThat(api.upload("told", Contents.bytes(1_000, 1)).status()).isEqualTo(201);
    api.moveToEnd("told", "azure");
    broker.kill();
    api.moveToEnd("told", "gcs");
    api.moveToEnd("told", "s3");
    node.kill9();
    node.start();
    broker.restart();
    node.awaitConsumer();
    node.api().moveToEnd("told", "azure");

    List<String> targets = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    await("all moves are told")
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              targets.clear();
              seen.clear();
              for (MoveFact fact : told()) {
                if (seen.add(fact.moveId())) {
                  targets.add(fact.to());
                }
              }
              assertThat(targets).containsExactly("azure", "gcs", "s3", "azure");
            });
    JsonArray moves = node.api().get("/moves?file_id=told").array();
    assertThat(seen)
        .containsAll(moves.stream().map(move -> ((JsonObject) move).getString("move_id")).toList());
  }

  private List<MoveFact> told() {
    List<MoveFact> facts = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.endpoint("kafka").getAuthority(),
                "group.id",
                "reader-" + System.nanoTime(),
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(system.settings().get("TOPIC_MOVES")));
      long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
      while (System.nanoTime() < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record ->
                    facts.add(Json.fromBuffer(Buffer.buffer(record.value()), MoveFact.class)));
      }
    }
    return facts;
  }
}
