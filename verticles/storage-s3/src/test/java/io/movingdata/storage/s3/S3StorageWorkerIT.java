package io.movingdata.storage.s3;

import io.movingdata.core.storage.ObjectStore;
import io.movingdata.testkit.storage.StorageWorkerContract;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of every storage worker, on S3. */
class S3StorageWorkerIT extends StorageWorkerContract {
  @RegisterExtension static final LocalS3 S3 = new LocalS3();

  @Override
  protected ObjectStore open(Vertx vertx) {
    return LocalS3.open(vertx, S3.location(), Clock.systemUTC());
  }
}
