package io.movingdata.storage.s3;

import io.movingdata.testkit.process.LocalStackProcess;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The local stack's S3 server, in a process of its own for the tests of a class. */
final class LocalS3 implements BeforeAllCallback, AfterAllCallback {
  private static final String ACCESS_KEY = "minio";
  private static final String SECRET_KEY = "minio12345";

  private Path data;
  private LocalStackProcess process;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    data = Files.createTempDirectory("s3-");
    process = LocalStackProcess.start(data, "s3");
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    process.close();
    List<Path> left;
    try (Stream<Path> files = Files.walk(data)) {
      left = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : left) {
      Files.delete(file);
    }
  }

  URI endpoint() {
    return process.endpoint("s3");
  }

  S3Locations location() {
    return location(endpoint());
  }

  /** The server's credentials at another address, such as that of a proxy. */
  S3Locations location(URI endpoint) {
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
