package io.movingdata.telemetry.stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.contract.TelemetryApi.PartitionLag;
import io.movingdata.core.contract.TelemetryApi.StreamTick;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileWindows;
import io.movingdata.telemetry.broker.BrokerLink;
import io.movingdata.telemetry.consume.AccessConsumer;
import io.movingdata.telemetry.consume.StreamFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells every second what this node reads of the stream. */
public final class StreamPulse {
  private static final long INTERVAL_MS = 1_000;
  private static final int LATEST = 50;

  private final NodeContext node;
  private final Bus bus;
  private final BrokerLink broker;
  private final AccessConsumer consumer;
  private boolean asking;
  private long lag;
  private long timer = -1;

  public StreamPulse(NodeContext node, BrokerLink broker, AccessConsumer consumer) {
    this.node = node;
    this.bus = node.bus();
    this.broker = broker;
    this.consumer = consumer;
  }

  /** Starts telling. */
  public void start() {
    MeterRegistry meters = node.meters();
    StreamFigures figures = consumer.figures();
    FunctionCounter.builder("movingdata.events", figures, StreamFigures::events).register(meters);
    FunctionCounter.builder("movingdata.events.duplicate", figures, StreamFigures::duplicates)
        .register(meters);
    FunctionCounter.builder("movingdata.events.dead", figures, StreamFigures::deadLetters)
        .register(meters);
    meters.gauge("movingdata.events.lag", this, pulse -> pulse.lag);
    meters.gauge("movingdata.broker.ready", broker, link -> link.ready() ? 1 : 0);
    timer = bus.vertx().setPeriodic(INTERVAL_MS, fired -> beat());
  }

  private void beat() {
    if (asking) {
      return;
    }
    asking = true;
    consumer
        .ends()
        .onComplete(
            ends -> {
              asking = false;
              tell(ends, broker.ready());
            },
            failure -> {
              asking = false;
              tell(Map.of(), false);
            });
  }

  private void tell(Map<Integer, Long> ends, boolean reading) {
    Instant now = node.clock().instant();
    StreamFigures figures = consumer.figures();
    FileWindows windows = figures.windows(now);
    List<PartitionLag> partitions = new ArrayList<>();
    consumer
        .positions()
        .forEach(
            (partition, next) -> {
              long end = ends.getOrDefault(partition, next);
              partitions.add(new PartitionLag(partition, next, Math.max(0, end - next)));
            });
    lag = partitions.stream().mapToLong(PartitionLag::lag).sum();
    bus.publish(
        TelemetryApi.TICK,
        new StreamTick(
            node.config().node().id(),
            broker.ready(),
            reading && !partitions.isEmpty(),
            partitions,
            figures.events(),
            windows.count1m(),
            windows.uniqueClients60m(),
            figures.deadLetters(),
            figures.duplicates(),
            figures.lastAnomaly(),
            figures.latest().stream().limit(LATEST).toList(),
            now));
  }

  /** Stops telling. */
  public void stop() {
    bus.vertx().cancelTimer(timer);
  }
}
