package io.movingdata.telemetry.consume;

import io.movingdata.core.model.AccessEvent;
import io.vertx.kafka.client.consumer.KafkaConsumerRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Records that were polled together and are not committed yet. Its stages are taken one after
 * another, each again until it succeeds; that an event is applied to the windows is done once.
 */
final class Batch {
  /** A record as it was read: an event, or why it is none. */
  record Item(KafkaConsumerRecord<byte[], byte[]> record, AccessEvent event, String poison) {
    int partition() {
      return record.partition();
    }

    long offset() {
      return record.offset();
    }

    Instant received() {
      return Instant.ofEpochMilli(record.timestamp());
    }
  }

  /** How far it has come. */
  enum Stage {
    HISTORIES,
    APPLY,
    EVENTS,
    DEAD_LETTERS,
    COMMIT,
    DONE;

    Stage next() {
      return switch (this) {
        case HISTORIES -> APPLY;
        case APPLY -> EVENTS;
        case EVENTS -> DEAD_LETTERS;
        case DEAD_LETTERS -> COMMIT;
        case COMMIT, DONE -> DONE;
      };
    }
  }

  final List<Item> items;
  final List<AccessEvent> fresh = new ArrayList<>();
  Stage stage = Stage.HISTORIES;

  Batch(List<Item> items) {
    this.items = items;
  }

  /** Files of a partition. */
  Set<String> files(int partition) {
    Set<String> files = new LinkedHashSet<>();
    for (Item item : items) {
      if (item.partition() == partition && item.event() != null) {
        files.add(item.event().fileId());
      }
    }
    return files;
  }

  /** The last record of each partition. */
  Map<Integer, Item> last() {
    Map<Integer, Item> last = new LinkedHashMap<>();
    items.forEach(item -> last.put(item.partition(), item));
    return last;
  }
}
