package io.movingdata.storage.gcs;

import io.movingdata.core.config.Provider;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.NodeRole;
import io.vertx.core.Deployable;
import java.util.List;

/** Serves every configured location whose provider is Google Cloud Storage. */
public final class GcsStorageRole implements NodeRole {
  @Override
  public String name() {
    return "storage-gcs";
  }

  @Override
  public int order() {
    return 10;
  }

  @Override
  public List<Deployable> verticles(NodeContext node) {
    return node.config().locations().stream()
        .filter(location -> location.provider() == Provider.GCS)
        .<Deployable>map(
            location -> new GcsStorageVerticle(node.bus(), node.cpu(), location, node.clock()))
        .toList();
  }
}
