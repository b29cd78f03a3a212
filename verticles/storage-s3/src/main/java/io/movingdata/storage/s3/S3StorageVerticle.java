package io.movingdata.storage.s3;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.storage.StorageWorker;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;

/** Serves one location of provider S3: the worker of every provider, on an S3 store. */
final class S3StorageVerticle extends VerticleBase {
  private final Bus bus;
  private final WorkerExecutor cpu;
  private final LocationConfig location;
  private final Clock clock;

  S3StorageVerticle(Bus bus, WorkerExecutor cpu, LocationConfig location, Clock clock) {
    this.bus = bus;
    this.cpu = cpu;
    this.location = location;
    this.clock = clock;
  }

  /** Asks nothing of the server. The worker ends with this verticle and closes the store. */
  @Override
  public Future<?> start() {
    S3ObjectStore store = new S3ObjectStore(vertx, cpu, location, clock, S3Timeouts.DEFAULT);
    return vertx.deployVerticle(StorageWorker.of(bus, location, store));
  }
}
