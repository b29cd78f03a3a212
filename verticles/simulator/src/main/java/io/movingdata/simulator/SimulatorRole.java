package io.movingdata.simulator;

import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.NodeRole;
import io.vertx.core.Deployable;
import java.util.List;

/** Offers the simulator to the launcher. */
public final class SimulatorRole implements NodeRole {
  @Override
  public String name() {
    return "simulator";
  }

  @Override
  public int order() {
    return 40;
  }

  @Override
  public List<Deployable> verticles(NodeContext node) {
    return List.of(new SimulatorVerticle(node));
  }
}
