package io.movingdata.telemetry;

import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.NodeRole;
import io.vertx.core.Deployable;
import java.util.List;

/** Offers telemetry to the launcher. */
public final class TelemetryRole implements NodeRole {
  @Override
  public String name() {
    return "telemetry";
  }

  @Override
  public int order() {
    return 30;
  }

  @Override
  public List<Deployable> verticles(NodeContext node) {
    return List.of(new TelemetryVerticle(node));
  }
}
