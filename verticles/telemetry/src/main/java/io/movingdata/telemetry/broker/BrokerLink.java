package io.movingdata.telemetry.broker;

import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.kafka.admin.ClusterDescription;
import io.vertx.kafka.admin.KafkaAdminClient;
import io.vertx.kafka.admin.NewTopic;
import io.vertx.kafka.client.common.KafkaClientOptions;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to the event broker. It finds the broker in the background, makes the topics that are
 * missing, and knows whether records are being acknowledged. While they are not, nobody is made to
 * wait for a time-out: {@link #ready} is false until the broker was asked again.
 */
public final class BrokerLink {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);
  private static final long AGAIN_MS = 2_000;
  private static final long CLOSE_MS = 3_000;
  private static final int PARTITIONS = 4;
  private static final int COPIES = 3;

  private final Vertx vertx;
  private final NodeConfig.Kafka kafka;
  private final Topics topics;
  private KafkaProducer<byte[], byte[]> producer;
  private KafkaAdminClient admin;
  private boolean ready;
  private boolean asking;
  private boolean stopped;
  private String reason = "the broker was not asked yet";
  private long timer = -1;

  public BrokerLink(Vertx vertx, NodeConfig.Kafka kafka) {
    this.vertx = vertx;
    this.kafka = kafka;
    this.topics = Topics.of(kafka);
  }

  /** Starts looking for the broker. */
  public void start() {
    timer = vertx.setPeriodic(0, AGAIN_MS, fired -> ask());
  }

  /** The topics. */
  public Topics topics() {
    return topics;
  }

  /** Whether records are acknowledged, as far as is known. */
  public boolean ready() {
    return ready;
  }

  /** Why they are not. */
  public String reason() {
    return reason;
  }

  private void ask() {
    if (ready || asking || stopped) {
      return;
    }
    asking = true;
    open()
        .compose(opened -> missing())
        .compose(this::make)
        .compose(made -> learn())
        .onComplete(
            done -> {
              asking = false;
              ready = !stopped;
              LOG.info("the event broker at {} answers", kafka.bootstrap());
            },
            failure -> {
              asking = false;
              away(failure);
            });
  }

  /** Kafka's clients look up names when they are made, so not on an event loop. */
  private Future<Void> open() {
    if (admin != null) {
      return Future.succeededFuture();
    }
    return vertx.executeBlocking(
        () -> {
          admin = KafkaAdminClient.create(vertx, BrokerSettings.admin(kafka));
          producer =
              KafkaProducer.create(
                  vertx,
                  BrokerSettings.producer(kafka),
                  new ByteArraySerializer(),
                  new ByteArraySerializer());
          // Whoever sends a record is told of its failure.
          producer.exceptionHandler(failure -> LOG.debug("a record was not sent", failure));
          return null;
        });
  }

  /** Topics are kept by as many brokers as there are, up to three. */
  private Future<List<NewTopic>> missing() {
    return Future.all(admin.listTopics(), admin.describeCluster())
        .map(
            both -> {
              Set<String> present = both.resultAt(0);
              ClusterDescription cluster = both.resultAt(1);
              short copies = (short) Math.min(COPIES, cluster.getNodes().size());
              List<NewTopic> missing = new ArrayList<>();
              for (String name : topics.all()) {
                if (!present.contains(name)) {
                  missing.add(new NewTopic(name, PARTITIONS, copies));
                }
              }
              return missing;
            });
  }

  /** Another node may make them at the same time. */
  private Future<Void> make(List<NewTopic> missing) {
    return missing.isEmpty()
        ? Future.succeededFuture()
        : admin
            .createTopics(missing)
            .recover(
                failure ->
                    String.valueOf(failure.getMessage()).contains("already exists")
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
  }

  private Future<Void> learn() {
    return Future.all(topics.all().stream().map(producer::partitionsFor).toList()).mapEmpty();
  }

  private void away(Throwable failure) {
    String now = "the event broker does not answer: " + failure.getMessage();
    if (ready || !now.equals(reason)) {
      LOG.warn("{}", now);
    }
    ready = false;
    reason = now;
  }

  /** Sends a record; completes once the broker has acknowledged it. */
  public Future<Void> send(String topic, byte[] key, byte[] value, Map<String, String> headers) {
    if (!ready) {
      return Future.failedFuture(MovingDataException.of(ErrorCode.OVERLOADED, reason));
    }
    KafkaProducerRecord<byte[], byte[]> record = KafkaProducerRecord.create(topic, key, value);
    headers.forEach((name, text) -> record.addHeader(name, Buffer.buffer(text)));
    return producer.send(record).<Void>mapEmpty().onFailure(this::away);
  }

  /** Sends what is keyed by a file id. */
  public Future<Void> send(String topic, String key, byte[] value, Map<String, String> headers) {
    return send(topic, key.getBytes(StandardCharsets.UTF_8), value, headers);
  }

  /** A consumer of the access topic in the group of all telemetry nodes; not yet subscribed. */
  public Future<KafkaConsumer<byte[], byte[]>> consumer() {
    return vertx.executeBlocking(
        () ->
            KafkaConsumer.create(
                vertx,
                new KafkaClientOptions().setConfig(Map.copyOf(objects())),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()));
  }

  private Map<String, Object> objects() {
    return Map.copyOf(BrokerSettings.consumer(kafka));
  }

  /** What the consumer subscribes to. */
  public Set<String> subscription() {
    return Set.of(topics.access());
  }

  /** Waits a little for what is being sent, then closes. */
  public Future<Void> stop() {
    stopped = true;
    ready = false;
    vertx.cancelTimer(timer);
    if (producer == null) {
      return Future.succeededFuture();
    }
    return Future.join(producer.close(CLOSE_MS), admin.close(CLOSE_MS)).mapEmpty();
  }
}
