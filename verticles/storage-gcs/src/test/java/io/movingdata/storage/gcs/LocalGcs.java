package io.movingdata.storage.gcs;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.LocationConfig.GcsCredentials;
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

/** The local stack's GCS server, in a process of its own for the tests of a class. */
final class LocalGcs implements BeforeAllCallback, AfterAllCallback {
  private static final GcsCredentials EMULATOR =
      new GcsCredentials(null, null, null, "movingdata-local");

  private final String publicKey;
  private Path folder;
  private LocalStackProcess process;

  /** A server without accounts. */
  LocalGcs() {
    this(null);
  }

  /** A server with one account, whose public key in PEM is given. */
  LocalGcs(String publicKey) {
    this.publicKey = publicKey;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("gcs-");
    List<String> options = List.of();
    if (publicKey != null) {
      Path key = Files.writeString(folder.resolve("account.pem"), publicKey);
      options = List.of("--gcs-public-key", key.toString());
    }
    process = LocalStackProcess.startWith(options, folder.resolve("data"), "gcs");
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    process.close();
    List<Path> left;
    try (Stream<Path> files = Files.walk(folder)) {
      left = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : left) {
      Files.delete(file);
    }
  }

  URI endpoint() {
    return process.endpoint("gcs");
  }

  LocalStackProcess process() {
    return process;
  }

  LocationConfig location() {
    return location(endpoint());
  }

  /** The server's bucket at another address, such as that of a proxy. */
  LocationConfig location(URI endpoint) {
    return Locations.of(endpoint, "contract-bucket", EMULATOR);
  }

  GcsObjectStore open(Vertx vertx) {
    return open(vertx, location());
  }

  static GcsObjectStore open(Vertx vertx, LocationConfig location) {
    return open(vertx, location, GcsLimits.DEFAULT);
  }

  static GcsObjectStore open(Vertx vertx, LocationConfig location, GcsLimits limits) {
    return new GcsObjectStore(vertx, ScriptedGcs.cpu(vertx), location, Clock.systemUTC(), limits);
  }
}
