package io.movingdata.testkit.storage;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ObjectStore;
import io.vertx.core.Vertx;

class MemoryObjectStoreTest extends ObjectStoreContract {
  private final MemoryObjectStore bucket = MemoryObjectStore.named("bucket");

  @Override
  protected ObjectStore open(Vertx vertx) {
    return bucket.anotherClient();
  }

  @Override
  protected ObjectStore openWithBadCredentials(Vertx vertx) {
    return failing(ErrorCode.PROVIDER_REJECTED);
  }

  @Override
  protected ObjectStore openOnMissingBucket(Vertx vertx) {
    return failing(ErrorCode.PROVIDER_REJECTED);
  }

  @Override
  protected ObjectStore openUnreachable(Vertx vertx) {
    return failing(ErrorCode.PROVIDER_DOWN);
  }

  private ObjectStore failing(ErrorCode code) {
    MemoryObjectStore store = bucket.anotherClient();
    for (StoreOperation operation : StoreOperation.values()) {
      store.faults().fail(operation, 10, MovingDataException.of(code, "arranged"));
    }
    return store;
  }
}
