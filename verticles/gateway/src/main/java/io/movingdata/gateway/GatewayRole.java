package io.movingdata.gateway;

import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.NodeRole;
import io.vertx.core.Deployable;
import java.util.List;

/** Offers the gateway to the launcher. */
public final class GatewayRole implements NodeRole {
  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public int order() {
    return 90;
  }

  @Override
  public List<Deployable> verticles(NodeContext node) {
    return List.of(new GatewayVerticle(node));
  }
}
