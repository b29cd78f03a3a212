package io.movingdata.storage.azure;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.core.storage.StorageWorker;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;

/** The worker of one Azure location: its store, served on the bus. */
final class AzureStorageVerticle extends VerticleBase {
  private final Bus bus;
  private final WorkerExecutor cpu;
  private final LocationConfig location;

  AzureStorageVerticle(Bus bus, WorkerExecutor cpu, LocationConfig location) {
    this.bus = bus;
    this.cpu = cpu;
    this.location = location;
  }

  /**
   * The worker ends with this verticle, whose child it is, and closes the store. The SDK's first
   * client loads thousands of classes, which takes seconds on a busy machine.
   */
  @Override
  public Future<?> start() {
    return vertx
        .<ObjectStore>executeBlocking(
            () -> AzureObjectStore.of(vertx, cpu, location, AzureLimits.DEFAULT), false)
        .compose(store -> vertx.deployVerticle(StorageWorker.of(bus, location, store)));
  }
}
