package io.movingdata.predictor;

import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.NodeRole;
import io.vertx.core.Deployable;
import java.util.List;

/** Offers the predictor to the launcher. */
public final class PredictorRole implements NodeRole {
  @Override
  public String name() {
    return "predictor";
  }

  @Override
  public int order() {
    return 30;
  }

  @Override
  public List<Deployable> verticles(NodeContext node) {
    return List.of(new PredictorVerticle(node));
  }
}
