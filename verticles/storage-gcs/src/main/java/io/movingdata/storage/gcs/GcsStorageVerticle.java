package io.movingdata.storage.gcs;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.storage.StorageWorker;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;

/** The worker of one GCS location, served on the bus. Starting asks nothing of Google. */
public final class GcsStorageVerticle extends VerticleBase {
  private final Bus bus;
  private final WorkerExecutor cpu;
  private final LocationConfig location;
  private final Clock clock;

  /** The worker of a location whose provider is GCS. */
  public GcsStorageVerticle(Bus bus, WorkerExecutor cpu, LocationConfig location, Clock clock) {
    this.bus = bus;
    this.cpu = cpu;
    this.location = location;
    this.clock = clock;
  }

  /** Fails where the endpoint or the credentials of the location are unusable. */
  @Override
  public Future<?> start() {
    GcsObjectStore store = new GcsObjectStore(vertx, cpu, location, clock);
    return vertx.deployVerticle(StorageWorker.of(bus, location, store));
  }
}
