package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Topic;
import io.movingdata.core.model.AccessEvent;
import java.time.Instant;
import java.util.List;

/** Access events in, and what the stream of them shows. */
public final class TelemetryApi {
  /** Most events in one request. */
  public static final int MOST_EVENTS = 10_000;

  private static final String OWNER = "telemetry";

  private TelemetryApi() {}

  /**
   * Takes events. Answered once the broker has acknowledged all of them, or they wait in the
   * durable outbox; {@code OVERLOADED} where that is full too, and then none was taken for sure.
   */
  public static final Address<Ingest, Ingested> INGEST =
      Address.of(OWNER, "ingest", Ingest.class, Ingested.class);

  /** The stream as all nodes see it. */
  public static final Address<MetricsQuery, StreamMetrics> METRICS =
      Address.of(OWNER, "metrics", MetricsQuery.class, StreamMetrics.class);

  /** What each telemetry node says about itself, every second. */
  public static final Topic<StreamTick> TICK =
      new Topic<>("movingdata.event.stream", StreamTick.class);

  /** Something unusual in the stream. */
  public static final Topic<Anomaly> ANOMALY =
      new Topic<>("movingdata.event.anomaly", Anomaly.class);

  /** Events to take, at most {@link #MOST_EVENTS}. */
  public record Ingest(List<AccessEvent> events) {
    public Ingest {
      events = events == null ? List.of() : List.copyOf(events);
    }
  }

  /**
   * What became of them.
   *
   * @param published how many the broker has acknowledged
   * @param waiting how many wait in the outbox
   * @param reason why they wait, null where none does
   */
  public record Ingested(int published, int waiting, String reason) {}

  /** {@code limit}: how many of the latest events to show, 0 to 200. */
  public record MetricsQuery(int limit) {}

  /** Where the consumer of a partition is; {@code lag}: records that it has not processed yet. */
  public record PartitionLag(int partition, long offset, long lag) {}

  /**
   * One node's part of the stream.
   *
   * @param producerReady whether the broker acknowledged when it was last asked
   * @param consumerReady whether it reads its partitions
   * @param partitions those that it reads
   * @param events how many it has processed since its start, duplicates not counted
   * @param perMinute events in the last 60 seconds
   * @param clients different clients in the last 60 minutes, estimated
   * @param deadLetters records that were set aside since its start
   * @param duplicates events that had come before, since its start
   * @param lastAnomaly null for none
   * @param latest the newest events, newest first
   */
  public record StreamTick(
      String nodeId,
      boolean producerReady,
      boolean consumerReady,
      List<PartitionLag> partitions,
      long events,
      long perMinute,
      long clients,
      long deadLetters,
      long duplicates,
      Instant lastAnomaly,
      List<AccessEvent> latest,
      Instant at) {
    public StreamTick {
      partitions = partitions == null ? List.of() : List.copyOf(partitions);
      latest = latest == null ? List.of() : List.copyOf(latest);
    }
  }

  /** The whole stream; {@code lag} is the sum, and -1 while no consumer runs. */
  public record StreamMetrics(
      boolean producerReady,
      boolean consumerReady,
      String bootstrap,
      String topic,
      List<PartitionLag> partitions,
      long lag,
      long perMinute,
      long events,
      long clients,
      long deadLetters,
      long duplicates,
      Instant lastAnomaly,
      List<AccessEvent> latest) {
    public StreamMetrics {
      partitions = partitions == null ? List.of() : List.copyOf(partitions);
      latest = latest == null ? List.of() : List.copyOf(latest);
    }
  }

  /**
   * Something unusual.
   *
   * @param fileId the file, null where it is about the whole stream
   * @param kind {@code high_temperature}, {@code latency_shift} or {@code rate_shift}
   * @param value what was seen lately
   * @param usual what was usual before
   */
  public record Anomaly(String fileId, String kind, double value, double usual, Instant at) {}
}
