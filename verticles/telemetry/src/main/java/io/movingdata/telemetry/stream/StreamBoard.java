package io.movingdata.telemetry.stream;

import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.contract.TelemetryApi.MetricsQuery;
import io.movingdata.core.contract.TelemetryApi.PartitionLag;
import io.movingdata.core.contract.TelemetryApi.StreamMetrics;
import io.movingdata.core.contract.TelemetryApi.StreamTick;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.AccessEvent;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** What all nodes have told of the stream lately. */
public final class StreamBoard {
  private static final long FRESH_NANOS = 5_000_000_000L;
  private static final int MOST = 200;

  private record Heard(StreamTick tick, long nanos) {}

  private final NodeConfig.Kafka kafka;
  private final Map<String, Heard> nodes = new TreeMap<>();

  public StreamBoard(NodeConfig.Kafka kafka) {
    this.kafka = kafka;
  }

  /** A node has told. */
  public void heard(StreamTick tick) {
    nodes.put(tick.nodeId(), new Heard(tick, System.nanoTime()));
  }

  /** Carries out {@code TelemetryApi.METRICS}. */
  public Future<StreamMetrics> metrics(MetricsQuery query) {
    if (query.limit() < 0 || query.limit() > MOST) {
      throw MovingDataException.invalid("limit", "must be 0 to " + MOST);
    }
    long now = System.nanoTime();
    nodes.values().removeIf(heard -> now - heard.nanos() > FRESH_NANOS);
    List<StreamTick> ticks = nodes.values().stream().map(Heard::tick).toList();
    List<PartitionLag> partitions =
        ticks.stream()
            .flatMap(tick -> tick.partitions().stream())
            .sorted(Comparator.comparingInt(PartitionLag::partition))
            .toList();
    boolean reading = ticks.stream().anyMatch(StreamTick::consumerReady);
    return Future.succeededFuture(
        new StreamMetrics(
            ticks.stream().anyMatch(StreamTick::producerReady),
            reading,
            kafka.bootstrap(),
            kafka.topicAccess(),
            partitions,
            reading ? partitions.stream().mapToLong(PartitionLag::lag).sum() : -1,
            sum(ticks, StreamTick::perMinute),
            sum(ticks, StreamTick::events),
            sum(ticks, StreamTick::clients),
            sum(ticks, StreamTick::deadLetters),
            sum(ticks, StreamTick::duplicates),
            ticks.stream()
                .map(StreamTick::lastAnomaly)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null),
            ticks.stream()
                .flatMap(tick -> tick.latest().stream())
                .sorted(Comparator.comparing(AccessEvent::ts).reversed())
                .limit(query.limit())
                .toList()));
  }

  private static long sum(List<StreamTick> ticks, ToLongFunction<StreamTick> figure) {
    return ticks.stream().mapToLong(figure).sum();
  }
}
