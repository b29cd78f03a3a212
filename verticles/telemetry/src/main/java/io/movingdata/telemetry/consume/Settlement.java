package io.movingdata.telemetry.consume;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.AccessEvent;
import io.movingdata.telemetry.broker.BrokerLink;
import io.vertx.core.Future;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.consumer.OffsetAndMetadata;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a batch through its stages: what is known of its files, windows, catalog, dead letters,
 * commit. A stage that fails is where it goes on.
 */
final class Settlement {
  private static final int PAGE = 500;

  private final Bus bus;
  private final Clock clock;
  private final BrokerLink broker;
  private final Map<Integer, PartitionState> partitions;
  private final StreamFigures figures;

  Settlement(
      NodeContext node,
      BrokerLink broker,
      Map<Integer, PartitionState> partitions,
      StreamFigures figures) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.broker = broker;
    this.partitions = partitions;
    this.figures = figures;
  }

  Future<Void> settle(Batch batch, KafkaConsumer<byte[], byte[]> consumer) {
    Future<Void> stage =
        switch (batch.stage) {
          case HISTORIES -> histories(batch);
          case APPLY -> apply(batch);
          case EVENTS -> events(batch);
          case DEAD_LETTERS -> deadLetters(batch);
          case COMMIT -> commit(batch, consumer);
          case DONE -> Future.succeededFuture();
        };
    if (batch.stage == Batch.Stage.DONE) {
      return stage;
    }
    return stage.compose(
        done -> {
          batch.stage = batch.stage.next();
          return settle(batch, consumer);
        });
  }

  private Future<Void> histories(Batch batch) {
    List<Future<Void>> pages = new ArrayList<>();
    for (PartitionState state : partitions.values()) {
      List<String> unknown =
          batch.files(state.partition()).stream().filter(id -> !state.knows(id)).toList();
      for (int from = 0; from < unknown.size(); from += PAGE) {
        List<String> page = unknown.subList(from, Math.min(unknown.size(), from + PAGE));
        pages.add(
            bus.request(InsightApi.GET_INSIGHTS, new InsightApi.FileIdList(page))
                .map(
                    found -> {
                      found.files().forEach(file -> state.begin(file.fileId(), file.history()));
                      return null;
                    }));
      }
    }
    return Future.all(pages).mapEmpty();
  }

  private Future<Void> apply(Batch batch) {
    Instant now = clock.instant();
    for (Batch.Item item : batch.items) {
      PartitionState state = partitions.get(item.partition());
      if (state != null && item.event() != null) {
        apply(batch, item, state, now);
      } else if (state != null && state.live(item.offset())) {
        figures.deadLetter();
      }
    }
    return Future.succeededFuture();
  }

  private void apply(Batch batch, Batch.Item item, PartitionState state, Instant now) {
    boolean fresh = state.add(item.event(), item.offset(), item.received(), now);
    boolean live = state.live(item.offset());
    if (fresh) {
      figures.window(item.partition(), item.event(), item.received(), now);
    }
    if (live && fresh) {
      batch.fresh.add(item.event());
    } else if (live) {
      figures.duplicate();
    }
  }

  private Future<Void> events(Batch batch) {
    List<Future<Void>> pages = new ArrayList<>();
    for (int from = 0; from < batch.fresh.size(); from += PAGE) {
      List<AccessEvent> page = batch.fresh.subList(from, Math.min(batch.fresh.size(), from + PAGE));
      pages.add(bus.request(InsightApi.APPEND_EVENTS, new InsightApi.EventBatch(page)).mapEmpty());
    }
    return Future.all(pages).mapEmpty();
  }

  private Future<Void> deadLetters(Batch batch) {
    List<Future<Void>> sends = new ArrayList<>();
    for (Batch.Item item : batch.items) {
      PartitionState state = partitions.get(item.partition());
      if (item.poison() != null && state != null && state.live(item.offset())) {
        Map<String, String> headers = new HashMap<>();
        headers.put("reason", item.poison());
        headers.put("topic", broker.topics().access());
        headers.put("partition", Integer.toString(item.partition()));
        headers.put("offset", Long.toString(item.offset()));
        sends.add(
            broker.send(
                broker.topics().deadLetters(),
                item.record().key(),
                item.record().value(),
                headers));
      }
    }
    return Future.all(sends).mapEmpty();
  }

  /** Of partitions that have gone elsewhere meanwhile, their new readers commit. */
  private Future<Void> commit(Batch batch, KafkaConsumer<byte[], byte[]> consumer) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    batch
        .last()
        .forEach(
            (partition, item) -> {
              PartitionState state = partitions.get(partition);
              if (state != null && state.live(item.offset())) {
                offsets.put(
                    new TopicPartition(broker.topics().access(), partition),
                    new OffsetAndMetadata(item.offset() + 1, Replay.metadata(item.received())));
              }
            });
    Future<Void> committed =
        offsets.isEmpty() ? Future.succeededFuture() : consumer.commit(offsets).mapEmpty();
    return committed.onSuccess(
        done -> {
          figures.settled(batch.fresh);
          offsets.forEach(
              (one, offset) -> {
                PartitionState state = partitions.get(one.getPartition());
                if (state != null) {
                  state.processed(offset.getOffset() - 1);
                }
              });
        });
  }
}
