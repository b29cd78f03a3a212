package io.movingdata.storage.gcs;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.LocationConfig.GcsCredentials;
import io.movingdata.testkit.process.LocalServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The local stack's GCS server. */
final class LocalGcs extends LocalServer {
  private static final GcsCredentials EMULATOR =
      new GcsCredentials(null, null, null, "movingdata-local");

  private final String publicKey;

  /** A server without accounts. */
  LocalGcs() {
    this(null);
  }

  /** A server with one account, whose public key in PEM is given. */
  LocalGcs(String publicKey) {
    super("gcs");
    this.publicKey = publicKey;
  }

  @Override
  protected List<String> options(Path scratch) throws IOException {
    if (publicKey == null) {
      return List.of();
    }
    Path key = Files.writeString(scratch.resolve("account.pem"), publicKey);
    return List.of("--gcs-public-key", key.toString());
  }

  LocationConfig location() {
    return location(endpoint());
  }

  /** The server's bucket at another address, such as that of a proxy. */
  static LocationConfig location(URI endpoint) {
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
