package io.movingdata.storage.gcs;

import io.movingdata.core.storage.ObjectStore;
import io.movingdata.testkit.storage.StorageWorkerContract;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of every storage worker, on GCS. */
class GcsStorageWorkerIT extends StorageWorkerContract {
  @RegisterExtension static final LocalGcs GCS = new LocalGcs();

  @Override
  protected ObjectStore open(Vertx vertx) {
    return GCS.open(vertx);
  }
}
