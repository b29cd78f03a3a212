package io.movingdata.storage.s3;

import io.movingdata.core.storage.ObjectStore;
import io.movingdata.testkit.process.LocalServer;
import io.movingdata.testkit.storage.LinkFaultsContract;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real server behind a link that fails and a proxy that lies. */
class S3FaultsIT extends LinkFaultsContract {
  @RegisterExtension static final LocalS3 S3 = new LocalS3();

  @Override
  protected LocalServer server() {
    return S3;
  }

  @Override
  protected ObjectStore open(Vertx vertx, URI endpoint, Duration patience) {
    S3Timeouts timeouts = new S3Timeouts(500, 2_000, patience.toMillis(), 5_000, 64 * 1024);
    return LocalS3.open(vertx, LocalS3.location(endpoint), Clock.systemUTC(), timeouts);
  }

  @Override
  protected Set<String> callsWithoutRequests() {
    return Set.of();
  }

  @Override
  protected Set<String> callsWithoutWords() {
    return Set.of("abort");
  }
}
