package io.movingdata.telemetry.consume;

import io.movingdata.core.event.AccessEventReader;
import io.vertx.core.Future;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.consumer.OffsetAndMetadata;
import java.time.Duration;
import java.time.Instant;

/**
 * Where to begin to read a partition: as long before the first record that nobody has processed as
 * the windows reach. The commit tells the time of the last processed record, since a consumer may
 * have been away for longer.
 */
final class Replay {
  private static final Duration WINDOWS = Duration.ofMinutes(61);

  private Replay() {}

  /** Seeks there; the first offset that nobody has processed. */
  static Future<Long> from(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, Instant now) {
    return consumer
        .committed(partition)
        .compose(
            committed ->
                committed == null
                    ? consumer.beginningOffsets(partition)
                    : before(consumer, partition, committed, now));
  }

  private static Future<Long> before(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      OffsetAndMetadata committed,
      Instant now) {
    Instant last = time(committed.getMetadata(), now);
    Instant start =
        (last.isBefore(now) ? last : now).minus(WINDOWS).minus(AccessEventReader.FUTURE);
    return consumer
        .offsetsForTimes(partition, start.toEpochMilli())
        .compose(
            found -> {
              long first =
                  found == null
                      ? committed.getOffset()
                      : Math.min(found.getOffset(), committed.getOffset());
              return consumer.seek(partition, first).map(committed.getOffset());
            });
  }

  static String metadata(Instant received) {
    return Long.toString(received.toEpochMilli());
  }

  private static Instant time(String metadata, Instant now) {
    boolean ours = metadata != null && metadata.matches("[0-9]{1,15}");
    return ours ? Instant.ofEpochMilli(Long.parseLong(metadata)) : now;
  }
}
