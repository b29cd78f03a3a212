package io.movingdata.storage.azure;

import io.movingdata.core.storage.ObjectStore;
import io.movingdata.testkit.storage.Capability;
import io.movingdata.testkit.storage.ObjectStoreContract;
import io.vertx.core.Vertx;
import java.net.URI;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of every object store, against Azure's emulator. */
class AzureObjectStoreIT extends ObjectStoreContract {
  @RegisterExtension static final LocalAzurite AZURITE = new LocalAzurite();

  @Override
  protected ObjectStore open(Vertx vertx) {
    return Locations.open(vertx, AZURITE.location(), AzureLimits.DEFAULT);
  }

  @Override
  protected ObjectStore openWithBadCredentials(Vertx vertx) {
    return Locations.open(
        vertx, Locations.withKey(AZURITE.endpoint(), Locations.WRONG_KEY), AzureLimits.DEFAULT);
  }

  @Override
  protected ObjectStore openOnMissingBucket(Vertx vertx) {
    return Locations.open(
        vertx, Locations.withContainer(AZURITE.endpoint(), "nowhere"), AzureLimits.DEFAULT);
  }

  @Override
  protected ObjectStore openUnreachable(Vertx vertx) {
    URI closed = URI.create("http://127.0.0.1:1/" + Locations.ACCOUNT);
    return Locations.open(vertx, Locations.at(closed), AzureLimits.DEFAULT);
  }

  @Override
  protected Capability checksWholeUploads() {
    return Capability.no("Azure keeps no checksum of a blob made of blocks");
  }
}
