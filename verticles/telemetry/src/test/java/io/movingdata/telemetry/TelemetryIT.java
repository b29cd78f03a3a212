package io.movingdata.telemetry;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.contract.TelemetryApi.Ingested;
import io.movingdata.core.contract.TelemetryApi.StreamMetrics;
import io.movingdata.core.json.Json;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.MoveFact;
import io.movingdata.core.model.OutboxEntry;
import io.movingdata.core.model.TimeId;
import io.movingdata.telemetry.window.Usage;
import io.movingdata.testkit.process.LocalStackProcess;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Telemetry against a real broker; the catalog is a fake that the nodes share. */
class TelemetryIT {
  private static final AtomicInteger RUN = new AtomicInteger();

  @TempDir static Path data;
  private static LocalStackProcess broker;

  private final FakeInsights catalog = new FakeInsights();
  private final List<TestNode> nodes = new ArrayList<>();
  private String topic;

  @BeforeAll
  static void startBroker() {
    broker = LocalStackProcess.start(data, "kafka");
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void nameTopic() {
    topic = "access-" + RUN.incrementAndGet();
  }

  @AfterEach
  void stopNodes() {
    nodes.forEach(TestNode::close);
    broker.thaw();
    if (!broker.handle().isAlive()) {
      broker.restart();
    }
  }

  private static String bootstrap() {
    return "127.0.0.1:" + broker.port("kafka");
  }

  /** A node with telemetry alone. */
  private final class TestNode {
    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx);

    TestNode(String id) {
      NodeConfig config =
          new NodeConfig(
              "local",
              new NodeConfig.Node(id, List.of("telemetry"), null, null, null, null, false),
              null,
              null,
              null,
              new NodeConfig.Kafka(bootstrap(), topic, topic + "-moves"),
              List.of(),
              null,
              null,
              null,
              new NodeConfig.Alerts(0.08, 180, 15, 0.9, 75),
              null,
              null);
      NodeContext context =
          new NodeContext(
              vertx,
              bus,
              config,
              Clock.systemUTC(),
              new SimpleMeterRegistry(),
              null,
              null,
              List.of("telemetry"));
      outcome(catalog.serve(bus));
      outcome(vertx.deployVerticle(new TelemetryRole().verticles(context).get(0)));
      nodes.add(this);
    }

    StreamMetrics metrics() {
      return outcome(bus.request(TelemetryApi.METRICS, new TelemetryApi.MetricsQuery(10)));
    }

    TestNode ready() {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> metrics().producerReady() && metrics().consumerReady());
      return this;
    }

    Ingested ingest(List<AccessEvent> events) {
      return outcome(
          bus.request(
              TelemetryApi.INGEST, new TelemetryApi.Ingest(events), Duration.ofSeconds(25)));
    }

    void close() {
      outcome(vertx.close());
    }
  }

  private static List<AccessEvent> events(Random random, int from, int count, Instant now) {
    List<AccessEvent> events = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      events.add(Samples.random(random, i, "file " + random.nextInt(20), now));
    }
    return events;
  }

  private void awaitEvents(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(catalog.events).hasSize(count));
  }

  @Test
  void eventsReachTheCatalogOnceAndTheMetricsTellSo() {
    TestNode node = new TestNode("n1").ready();
    List<AccessEvent> events = events(new Random(1), 0, 3_000, Instant.now());

    assertThat(node.ingest(events)).isEqualTo(new Ingested(3_000, 0, null));
    assertThat(node.ingest(events.subList(0, 500)).published()).isEqualTo(500);

    awaitEvents(3_000);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              StreamMetrics metrics = node.metrics();
              assertThat(metrics.events()).isEqualTo(3_000);
              assertThat(metrics.duplicates()).isEqualTo(500);
              assertThat(metrics.lag()).isZero();
              assertThat(metrics.partitions()).hasSize(4);
              assertThat(metrics.latest()).hasSize(10);
              assertThat(metrics.clients()).isBetween(35L, 45L);
            });
  }

  @Test
  void windowsOfANodeThatTakesOverAreThoseOfOneThatNeverStopped() {
    Random random = new Random(2);
    Instant now = Instant.now();
    List<AccessEvent> all = events(random, 0, 2_000, now);
    TestNode first = new TestNode("n1").ready();
    first.ingest(all);
    awaitEvents(2_000);
    // As if it had crashed: what it would save at its end does not arrive.
    catalog.away = true;
    first.close();
    nodes.remove(first);
    catalog.away = false;

    TestNode second = new TestNode("n2").ready();
    List<AccessEvent> more = events(random, 2_000, 1_000, now);
    second.ingest(more);
    all.addAll(more);
    awaitEvents(3_000);
    for (int file = 0; file < 20; file++) {
      String id = "file " + file;
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertUse(id, all, catalog.insights.get(id)));
    }
  }

  private static void assertUse(String id, List<AccessEvent> all, FileInsight found) {
    Usage reference = new Usage(null);
    long offset = 0;
    for (AccessEvent event : all) {
      if (event.fileId().equals(id)) {
        AccessEvent derived = event.derived(event.egressCost(), event.highTempAlert());
        reference.add(derived, found.updatedAt(), found.updatedAt());
        reference.remember(derived, 0, offset++);
      }
    }
    assertThat(found.windows()).isEqualTo(reference.windows(found.windows().at()));
    assertThat(found.history().reads()).isEqualTo(reference.history().reads());
    assertThat(found.history().writes()).isEqualTo(reference.history().writes());
    assertThat(found.history().bytesRead()).isEqualTo(reference.history().bytesRead());
    assertThat(found.history().lastAt()).isEqualTo(reference.history().lastAt());
  }

  @Test
  void partitionsMoveBetweenNodesAndNothingIsLostOrCountedTwice() {
    TestNode first = new TestNode("n1").ready();
    Random random = new Random(3);
    Instant now = Instant.now();
    first.ingest(events(random, 0, 2_000, now));
    TestNode second = new TestNode("n2");
    first.ingest(events(random, 2_000, 2_000, now));
    second.ready();
    first.ingest(events(random, 4_000, 2_000, now));
    first.close();
    nodes.remove(first);
    second.ingest(events(random, 6_000, 2_000, now));

    awaitEvents(8_000);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        catalog.insights.values().stream()
                            .mapToLong(f -> f.history().reads() + f.history().writes())
                            .sum())
                    .isEqualTo(8_000));
  }

  @Test
  void withTheBrokerAwayEventsWaitAndLeaveInOrder() {
    TestNode node = new TestNode("n1").ready();
    Random random = new Random(4);
    Instant now = Instant.now();
    node.ingest(events(random, 0, 500, now));
    broker.kill();
    Ingested during = node.ingest(events(random, 500, 300, now));
    assertThat(during.published()).isZero();
    assertThat(during.waiting()).isEqualTo(300);
    assertThat(during.reason()).contains("broker");
    assertThat(node.ingest(events(random, 800, 300, now)).waiting()).isEqualTo(300);
    assertThat(catalog.outbox).hasSize(600);
    broker.restart();

    awaitEvents(1_100);
    assertThat(catalog.outbox).isEmpty();
    List<String> order = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : read(topic, 1_100)) {
      if (record.partition() == 0) {
        order.add(Json.fromBuffer(Buffer.buffer(record.value()), AccessEvent.class).eventId());
      }
    }
    List<Integer> waited =
        order.stream()
            .map(id -> Integer.valueOf(id.substring(1)))
            .filter(number -> number >= 500)
            .toList();
    assertThat(waited).isSorted();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> node.ingest(events(random, 1_100, 1, now)).published() == 1);
  }

  @Test
  void aBrokerThatHangsCostsNothingButTime() {
    TestNode node = new TestNode("n1").ready();
    Random random = new Random(6);
    Instant now = Instant.now();
    node.ingest(events(random, 0, 4_000, now));
    broker.freeze();
    assertThat(node.ingest(events(random, 4_000, 2_000, now)).waiting()).isEqualTo(2_000);
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(node.metrics().consumerReady()).isFalse());
    broker.thaw();

    awaitEvents(6_000);
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              assertThat(node.metrics().events()).isEqualTo(6_000);
              assertThat(node.metrics().clients()).isBetween(35L, 45L);
            });
  }

  @Test
  void withTheCatalogAwayEventsStayAtTheBrokerAndAreReadLater() {
    TestNode node = new TestNode("n1").ready();
    Random random = new Random(5);
    catalog.away = true;
    assertThat(node.ingest(events(random, 0, 1_000, Instant.now())).published()).isEqualTo(1_000);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(node.metrics().lag()).isEqualTo(1_000));
    assertThat(catalog.events).isEmpty();
    catalog.away = false;
    awaitEvents(1_000);
  }

  @Test
  void whatIsNoEventIsSetAsideWithItsReason() {
    TestNode node = new TestNode("n1").ready();
    send("f", "{\"file_id\":\"f\",\"event_id\":\"good 1\"}", "1");
    send("f", "not JSON", "1");
    send("f", "{\"file_id\":\"f\",\"event_id\":\"x\"}", "9");
    send("k".repeat(1 << 19), "{}", "1");
    send("f", "{\"file_id\":\"f\",\"event_id\":\"good 2\"}", "1");

    awaitEvents(2);
    List<ConsumerRecord<byte[], byte[]>> dead = read(topic + ".dead-letters", 3);
    Set<String> reasons = new HashSet<>();
    dead.forEach(record -> reasons.add(header(record, "reason")));
    assertThat(reasons)
        .anyMatch(reason -> reason.equals("the value is not JSON"))
        .anyMatch(reason -> reason.startsWith("version 9"))
        .anyMatch(reason -> reason.contains("file_id is missing"));
    assertThat(dead).allSatisfy(record -> assertThat(header(record, "offset")).isNotNull());
    await().atMost(Duration.ofSeconds(10)).until(() -> node.metrics().deadLetters() == 3);
  }

  @Test
  void endedMovesLeaveTheOutboxInTheirOrder() {
    List<String> ids = new ArrayList<>();
    Instant now = Instant.now();
    for (int i = 0; i < 700; i++) {
      String moveId = TimeId.of(now.plusMillis(i), "move " + i);
      ids.add(moveId);
      MoveFact fact =
          new MoveFact(moveId, "f", null, "s3", "gcs", null, i, 1, null, "me", null, now, now, now);
      catalog.outbox.put(
          moveId,
          new OutboxEntry(moveId, OutboxEntry.Kind.MOVE, "f", Json.toBuffer(fact).toString()));
    }
    new TestNode("n1").ready();

    List<String> told = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : read(topic + "-moves", 700)) {
      told.add(Json.fromBuffer(Buffer.buffer(record.value()), MoveFact.class).moveId());
    }
    assertThat(told).containsExactlyElementsOf(ids);
    await().atMost(Duration.ofSeconds(10)).until(catalog.outbox::isEmpty);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private void send(String key, String value, String version) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
      record.headers().add("version", version.getBytes(StandardCharsets.UTF_8));
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String from, int count) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap(),
                "group.id",
                "reader-" + RUN.incrementAndGet(),
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(from));
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (found.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
    }
    return found;
  }
}
