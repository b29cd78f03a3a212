package io.movingdata.telemetry;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.telemetry.broker.BrokerLink;
import io.movingdata.telemetry.consume.AccessConsumer;
import io.movingdata.telemetry.ingest.Derivation;
import io.movingdata.telemetry.ingest.IngestService;
import io.movingdata.telemetry.ingest.Outbox;
import io.movingdata.telemetry.ingest.OutboxSender;
import io.movingdata.telemetry.stream.StreamBoard;
import io.movingdata.telemetry.stream.StreamPulse;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Wires the telemetry of one node. */
public final class TelemetryVerticle extends VerticleBase {
  private final NodeContext node;
  private BrokerLink broker;
  private OutboxSender sender;
  private AccessConsumer consumer;
  private StreamPulse pulse;

  public TelemetryVerticle(NodeContext node) {
    this.node = node;
  }

  @Override
  public Future<?> start() {
    Bus bus = node.bus();
    broker = new BrokerLink(vertx, node.config().kafka());
    Outbox outbox = new Outbox(bus, node.config().node().id());
    Derivation derivation = new Derivation(node);
    IngestService ingest = new IngestService(broker, outbox, derivation);
    sender = new OutboxSender(vertx, broker, outbox);
    consumer = new AccessConsumer(node, broker);
    pulse = new StreamPulse(node, broker, consumer);
    StreamBoard board = new StreamBoard(node.config().kafka());
    broker.start();
    sender.start();
    consumer.start();
    pulse.start();
    return Future.all(
        bus.serve(TelemetryApi.INGEST, ingest::ingest),
        bus.serve(TelemetryApi.METRICS, board::metrics),
        bus.subscribe(TelemetryApi.TICK, board::heard),
        bus.subscribe(Events.FILE, derivation::moved));
  }

  @Override
  public Future<?> stop() {
    pulse.stop();
    return Future.join(sender.stop(), consumer.stop()).eventually(() -> broker.stop());
  }
}
