package io.movingdata.storage.s3;

import io.movingdata.core.config.Provider;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.NodeRole;
import io.vertx.core.Deployable;
import java.util.List;

/** The role that serves every configured location of provider S3. */
public final class S3StorageRole implements NodeRole {
  @Override
  public String name() {
    return "storage-s3";
  }

  @Override
  public int order() {
    return 10;
  }

  @Override
  public List<Deployable> verticles(NodeContext node) {
    return node.config().locations().stream()
        .filter(location -> location.provider() == Provider.S3)
        .<Deployable>map(
            location -> new S3StorageVerticle(node.bus(), node.cpu(), location, node.clock()))
        .toList();
  }
}
