package io.movingdata.telemetry.consume;

import io.movingdata.core.launch.NodeContext;
import io.movingdata.telemetry.broker.BrokerLink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.consumer.KafkaConsumerRecord;
import io.vertx.kafka.client.consumer.KafkaConsumerRecords;
import io.vertx.kafka.client.producer.KafkaHeader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads this node's partitions: one poll after another, each settled before the next. While the
 * catalog is away the partitions are paused and polling goes on, so that the group keeps them here.
 */
public final class AccessConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(AccessConsumer.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final long AGAIN_MS = 1_000;

  private final Vertx vertx;
  private final Clock clock;
  private final BrokerLink broker;
  private final Settlement settlement;
  private final InsightWriter writer;
  private final StreamFigures figures;
  private final Map<Integer, PartitionState> partitions = new TreeMap<>();
  private final Set<TopicPartition> assigned = new HashSet<>();
  private final Set<Integer> paused = new HashSet<>();
  private final Promise<Void> ended = Promise.promise();
  private KafkaConsumer<byte[], byte[]> consumer;
  private Batch unsettled;
  private boolean stopped;

  public AccessConsumer(NodeContext node, BrokerLink broker) {
    this.vertx = node.vertx();
    this.clock = node.clock();
    this.broker = broker;
    this.figures = new StreamFigures();
    this.settlement = new Settlement(node, broker, partitions, figures);
    this.writer = new InsightWriter(node, partitions, figures);
  }

  /** What the stream shows. */
  public StreamFigures figures() {
    return figures;
  }

  /** Starts once the broker is there. */
  public void start() {
    writer.start();
    open();
  }

  private void open() {
    if (stopped) {
      ended.tryComplete();
      return;
    }
    if (!broker.ready()) {
      vertx.setTimer(AGAIN_MS, fired -> open());
      return;
    }
    broker
        .consumer()
        .compose(
            made -> {
              consumer = made;
              consumer.exceptionHandler(this::failed);
              consumer.partitionsAssignedHandler(assigned::addAll);
              consumer.partitionsRevokedHandler(this::revoked);
              return consumer.subscribe(broker.subscription());
            })
        .onComplete(
            subscribed -> round(),
            failure -> {
              LOG.warn("events are not read yet: {}", failure.getMessage());
              vertx.setTimer(AGAIN_MS, fired -> open());
            });
  }

  private void failed(Throwable failure) {
    if (!stopped) {
      LOG.warn("the consumer failed", failure);
    }
  }

  private void revoked(Set<TopicPartition> gone) {
    assigned.removeAll(gone);
    for (TopicPartition one : gone) {
      partitions.remove(one.getPartition());
      paused.remove(one.getPartition());
      figures.forget(one.getPartition());
    }
  }

  private void round() {
    if (stopped) {
      ended.tryComplete();
      return;
    }
    Future<Void> step = unsettled == null ? poll() : settleAgain();
    step.onComplete(
        done -> vertx.runOnContext(next -> round()),
        failure -> {
          LOG.warn("events wait: {}", failure.getMessage());
          vertx.setTimer(AGAIN_MS, fired -> round());
        });
  }

  private Future<Void> poll() {
    return resume()
        .compose(done -> consumer.poll(POLL))
        .compose(
            records -> {
              // What was read of a partition before its place was found is read again from there.
              List<Batch.Item> items = items(records);
              return restore().map(items);
            })
        .compose(
            items -> {
              if (items.isEmpty()) {
                return Future.succeededFuture();
              }
              unsettled = new Batch(items);
              return settle();
            });
  }

  private Future<Void> settle() {
    return settlement.settle(unsettled, consumer).onSuccess(done -> unsettled = null);
  }

  private Future<Void> settleAgain() {
    Set<TopicPartition> running =
        partitions.keySet().stream()
            .filter(paused::add)
            .map(this::topicPartition)
            .collect(Collectors.toSet());
    Future<Void> pausing = running.isEmpty() ? Future.succeededFuture() : consumer.pause(running);
    return pausing
        .compose(done -> consumer.poll(WAIT))
        .compose(nothing -> restore())
        .compose(done -> settle());
  }

  private Future<Void> resume() {
    Set<TopicPartition> waiting =
        paused.stream().map(this::topicPartition).collect(Collectors.toSet());
    paused.clear();
    return waiting.isEmpty() ? Future.succeededFuture() : consumer.resume(waiting);
  }

  private TopicPartition topicPartition(int partition) {
    return new TopicPartition(broker.topics().access(), partition);
  }

  private List<Batch.Item> items(KafkaConsumerRecords<byte[], byte[]> records) {
    List<Batch.Item> items = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      KafkaConsumerRecord<byte[], byte[]> record = records.recordAt(i);
      if (partitions.containsKey(record.partition())) {
        items.add(item(record));
      }
    }
    return items;
  }

  private static Batch.Item item(KafkaConsumerRecord<byte[], byte[]> record) {
    Instant received = Instant.ofEpochMilli(record.timestamp());
    String id = record.topic() + "-" + record.partition() + "-" + record.offset();
    String version = null;
    for (KafkaHeader header : record.headers()) {
      version = header.key().equals("version") ? header.value().toString() : version;
    }
    RecordReader.Read read = RecordReader.read(record.key(), record.value(), version, id, received);
    return new Batch.Item(record, read.event(), read.reason());
  }

  /** Finds the place of each partition that has just come here. */
  private Future<Void> restore() {
    List<Future<Void>> found = new ArrayList<>();
    for (TopicPartition one : Set.copyOf(assigned)) {
      found.add(
          Replay.from(consumer, one, clock.instant())
              .map(
                  liveFrom -> {
                    if (assigned.remove(one)) {
                      partitions.put(
                          one.getPartition(), new PartitionState(one.getPartition(), liveFrom));
                    }
                    return null;
                  }));
    }
    return Future.all(found).mapEmpty();
  }

  /** Records that wait in each partition, from the broker itself. */
  public Future<Map<Integer, Long>> ends() {
    if (consumer == null || partitions.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    Set<TopicPartition> mine =
        partitions.keySet().stream().map(this::topicPartition).collect(Collectors.toSet());
    return consumer
        .endOffsets(mine)
        .map(
            ends -> {
              Map<Integer, Long> byPartition = new LinkedHashMap<>();
              ends.forEach((one, end) -> byPartition.put(one.getPartition(), end));
              return byPartition;
            });
  }

  /** The offset after the last processed one, of each partition that is read here. */
  public Map<Integer, Long> positions() {
    Map<Integer, Long> positions = new TreeMap<>();
    partitions.forEach((partition, state) -> positions.put(partition, state.next()));
    return positions;
  }

  /** Ends after the poll under way, saves the windows, and leaves the group. */
  public Future<Void> stop() {
    stopped = true;
    if (consumer == null) {
      return writer.stop();
    }
    return ended.future().compose(done -> writer.stop()).eventually(() -> consumer.close());
  }
}
