package io.movingdata.testkit.storage;

import io.movingdata.core.storage.ObjectStore;
import io.vertx.core.Vertx;

class MemoryStorageWorkerTest extends StorageWorkerContract {
  private final MemoryObjectStore bucket = MemoryObjectStore.named("bucket");

  @Override
  protected ObjectStore open(Vertx vertx) {
    return bucket.anotherClient();
  }
}
