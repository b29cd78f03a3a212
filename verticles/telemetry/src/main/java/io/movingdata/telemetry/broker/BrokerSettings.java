package io.movingdata.telemetry.broker;

import io.movingdata.core.config.NodeConfig;
import java.util.HashMap;
import java.util.Map;

/** What Kafka's clients are told. */
final class BrokerSettings {
  private BrokerSettings() {}

  private static Map<String, String> common(NodeConfig.Kafka kafka) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", kafka.bootstrap());
    settings.put("reconnect.backoff.max.ms", "2000");
    settings.put("request.timeout.ms", "5000");
    return settings;
  }

  static Map<String, String> admin(NodeConfig.Kafka kafka) {
    Map<String, String> settings = common(kafka);
    settings.put("default.api.timeout.ms", "6000");
    return settings;
  }

  /** Nothing is acknowledged that one broker's end could take away, and nothing is sent twice. */
  static Map<String, String> producer(NodeConfig.Kafka kafka) {
    Map<String, String> settings = common(kafka);
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    settings.put("max.in.flight.requests.per.connection", "5");
    settings.put("linger.ms", "5");
    settings.put("batch.size", "65536");
    settings.put("buffer.memory", "16777216");
    // A record whose topic the client does not know blocks the one thread that sends: the link
    // learns the topics first, and the client does not forget them when the broker goes.
    settings.put("max.block.ms", "500");
    settings.put("metadata.recovery.strategy", "none");
    settings.put("request.timeout.ms", "3000");
    settings.put("delivery.timeout.ms", "8000");
    return settings;
  }

  static Map<String, String> consumer(NodeConfig.Kafka kafka) {
    Map<String, String> settings = common(kafka);
    // Of those who read the same topic: others on the same broker are none of our business.
    settings.put("group.id", "movingdata-" + kafka.topicAccess());
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "earliest");
    settings.put("default.api.timeout.ms", "10000");
    settings.put("max.poll.records", "1000");
    settings.put("max.partition.fetch.bytes", "1048576");
    settings.put("fetch.max.bytes", "4194304");
    settings.put("session.timeout.ms", "10000");
    settings.put("heartbeat.interval.ms", "3000");
    settings.put("partition.assignment.strategy", COOPERATIVE);
    return settings;
  }

  private static final String COOPERATIVE =
      "org.apache.kafka.clients.consumer.CooperativeStickyAssignor";
}
