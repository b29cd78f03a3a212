package io.movingdata.rules;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.config.Provider;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileWindows;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** What a node gives its rules, in tests. */
public final class RulesNode {
  private static final List<LocationConfig> LOCATIONS =
      List.of(
          location("s3", Provider.S3, "hot", 0.023, 0.09),
          location("azure", Provider.AZURE, "warm", 0.0184, 0.087),
          location("gcs", Provider.GCS, "cold", 0.004, 0.12));

  private RulesNode() {}

  /** A clock that stands until it is told how much time has passed. */
  public static final class Time extends Clock {
    private Instant now = Instant.parse("2026-03-04T10:00:00Z");

    /** Lets time pass. */
    public void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static LocationConfig location(
      String id, Provider provider, String tier, double storage, double egress) {
    return new LocationConfig(
        id, provider, null, "b", null, null, null, null, List.of(), tier, "r", storage, egress, 4);
  }

  /** The context of a node. */
  public static NodeContext context(
      Vertx vertx, Bus bus, Clock clock, String id, NodeConfig.Alerts alerts) {
    NodeConfig config =
        new NodeConfig(
            "local",
            new NodeConfig.Node(id, List.of("rules"), null, null, null, null, false),
            null,
            null,
            null,
            null,
            LOCATIONS,
            null,
            null,
            null,
            alerts,
            null,
            null);
    return new NodeContext(vertx, bus, config, clock, null, null, null, List.of("rules"));
  }

  /** Windows in which nothing is unusual. */
  public static FileWindows windows(Instant at) {
    return io.movingdata.core.json.Json.fromObject(
        new io.vertx.core.json.JsonObject()
            .put("at", at.toString())
            .put("count60m", 4)
            .put("latency_p95_ms", 20),
        FileWindows.class);
  }
}
