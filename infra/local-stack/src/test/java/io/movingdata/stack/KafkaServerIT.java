package io.movingdata.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker as Kafka's own client sees it. */
class KafkaServerIT {
  private static final int RECORDS = 500;

  @TempDir Path data;

  @Test
  void whatItAcknowledgedSurvivesAKill() throws Exception {
    String port;
    try (StackProcess stack = StackProcess.start(data, "kafka")) {
      String address = address(stack);
      port = address.substring(address.indexOf(':') + 1);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
        admin
            .createTopics(List.of(new NewTopic("t", Optional.of(2), Optional.empty())))
            .all()
            .get();
      }
      produce(address);
      stack.kill();
    }
    try (StackProcess again = StackProcess.start(data, "kafka", "--kafka-port", port)) {
      assertThat(consume(address(again))).hasSize(RECORDS).doesNotHaveDuplicates();
    }
  }

  private static String address(StackProcess stack) {
    URI endpoint = URI.create(stack.endpoint("kafka"));
    return endpoint.getHost() + ":" + endpoint.getPort();
  }

  private static void produce(String address) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", address, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < RECORDS; i++) {
        byte[] text = ("record " + i).getBytes(StandardCharsets.UTF_8);
        var sent = producer.send(new ProducerRecord<>("t", text, text));
        if (i == RECORDS - 1) {
          sent.get();
        }
      }
      producer.flush();
    }
  }

  private static List<String> consume(String address) {
    List<String> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", address, "group.id", "g", "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("t"));
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (found.size() < RECORDS && System.nanoTime() < end) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofMillis(200))) {
          found.add(new String(one.value(), StandardCharsets.UTF_8));
        }
      }
    }
    return found;
  }
}
