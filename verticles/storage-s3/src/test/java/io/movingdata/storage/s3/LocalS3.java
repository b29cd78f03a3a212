package io.movingdata.storage.s3;

import io.movingdata.testkit.process.LocalServer;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;

/** The local stack's S3 server. */
final class LocalS3 extends LocalServer {
  private static final String ACCESS_KEY = "minio";
  private static final String SECRET_KEY = "minio12345";

  LocalS3() {
    super("s3");
  }

  S3Locations location() {
    return location(endpoint());
  }

  /** The server's credentials at another address, such as that of a proxy. */
  static S3Locations location(URI endpoint) {
    return S3Locations.at(endpoint.toString()).keys(ACCESS_KEY, SECRET_KEY);
  }

  static S3ObjectStore open(Vertx vertx, S3Locations location, Clock clock) {
    return open(vertx, location, clock, S3Timeouts.DEFAULT);
  }

  static S3ObjectStore open(Vertx vertx, S3Locations location, Clock clock, S3Timeouts timeouts) {
    return new S3ObjectStore(
        vertx, vertx.createSharedWorkerExecutor("cpu"), location.build(), clock, timeouts);
  }
}
