package io.movingdata.storage.s3;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.storage.StorageWorker;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Serves one location of provider S3: the worker of every provider, on an S3 store. */
public final class S3StorageVerticle extends VerticleBase {
  private final NodeContext node;
  private final LocationConfig location;

  /** Makes the verticle; nothing is opened before it is deployed. */
  public S3StorageVerticle(NodeContext node, LocationConfig location) {
    this.node = node;
    this.location = location;
  }

  @Override
  public Future<?> start() {
    S3ObjectStore store =
        new S3ObjectStore(vertx, node.cpu(), location, node.clock(), S3Timeouts.DEFAULT);
    return vertx.deployVerticle(StorageWorker.of(node.bus(), location, store));
  }
}
