package io.movingdata.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Registration;
import io.movingdata.core.bus.Topic;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.contract.Events;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.contract.SimulatorApi;
import io.movingdata.core.contract.TelemetryApi;
import io.movingdata.core.contract.TelemetryApi.Anomaly;
import io.movingdata.core.contract.TelemetryApi.StreamTick;
import io.movingdata.core.json.Json;
import io.movingdata.gateway.events.EventHub;
import io.movingdata.gateway.moves.MoveView;
import io.movingdata.gateway.moves.Rates;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells listeners what nodes tell one another on the bus. */
final class LiveFeed {
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Bus bus;
  private final Rates rates;
  private final MoveView moves;
  private final Map<String, String> essences = new HashMap<>();
  private final Map<String, StreamTick> ticks = new TreeMap<>();
  private final RateHistory rate = new RateHistory();
  private EventHub hub;

  LiveFeed(Bus bus, Rates rates, MoveView moves) {
    this.bus = bus;
    this.rates = rates;
    this.moves = moves;
  }

  /** Starts listening to the bus, and telling. */
  Future<?> start(EventHub listeners) {
    hub = listeners;
    return Future.all(
        List.of(
            bus.subscribe(Events.MOVE, this::move),
            bus.subscribe(TelemetryApi.TICK, this::tick),
            bus.subscribe(TelemetryApi.ANOMALY, this::anomaly),
            relay(Events.FILE, "file"),
            relay(ConsistencyApi.FINDING, "consistency"),
            relay(ConsistencyApi.PASS, "consistency"),
            relay(RulesApi.ALERT, "alert"),
            relay(SimulatorApi.LOAD, "simulator"),
            relay(SimulatorApi.BURST, "simulator")));
  }

  private <E> Future<Registration> relay(Topic<E> from, String to) {
    return bus.subscribe(
        from, event -> hub.publish(to, Json.mapper().<JsonNode>valueToTree(event)));
  }

  private void move(Events.MoveEvent event) {
    rates.heard(event, System.nanoTime());
    hub.publish("move", moves.of(event));
  }

  /** A node's part of the stream is told where it has changed. */
  private void tick(StreamTick tick) {
    ticks.put(tick.nodeId(), tick);
    ticks.values().removeIf(known -> known.at().isBefore(tick.at().minus(FRESH)));
    rate.saw(tick.at(), ticks.values().stream().mapToLong(StreamTick::perMinute).sum());
    String essence =
        "%d %d %d %s %s %s"
            .formatted(
                tick.events(),
                tick.perMinute(),
                tick.deadLetters(),
                tick.partitions(),
                tick.producerReady(),
                tick.consumerReady());
    if (!essence.equals(essences.put(tick.nodeId(), essence))) {
      hub.publish("stream", view(tick));
    }
  }

  private static ObjectNode view(StreamTick tick) {
    ObjectNode view = Json.mapper().valueToTree(tick);
    return view.put("kind", "tick");
  }

  /** What is known of the stream: each node's part, and its rate in the last hour. */
  ObjectNode state() {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    ArrayNode nodes = state.putArray("stream");
    ticks.values().forEach(tick -> nodes.add(view(tick)));
    ArrayNode rates = state.putArray("stream_rate");
    rate.points()
        .forEach(point -> rates.addArray().add(point.at().getEpochSecond()).add(point.perMinute()));
    return state;
  }

  private void anomaly(Anomaly anomaly) {
    ObjectNode view = Json.mapper().createObjectNode();
    view.put("kind", "anomaly");
    view.set("anomaly", Json.mapper().valueToTree(anomaly));
    hub.publish("stream", view);
  }
}
