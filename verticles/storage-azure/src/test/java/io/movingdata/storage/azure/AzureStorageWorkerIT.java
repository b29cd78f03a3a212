package io.movingdata.storage.azure;

import io.movingdata.core.storage.ObjectStore;
import io.movingdata.testkit.storage.StorageWorkerContract;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of every storage worker, on Azure. */
class AzureStorageWorkerIT extends StorageWorkerContract {
  @RegisterExtension static final LocalAzurite AZURITE = new LocalAzurite();

  @Override
  protected ObjectStore open(Vertx vertx) {
    return Locations.open(vertx, AZURITE.location(), AzureLimits.DEFAULT);
  }
}
