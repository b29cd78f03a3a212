package io.movingdata.e2e.outage;

import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.testkit.Results;
import io.movingdata.testkit.net.FaultProxy;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Map;

/** Links to servers that a test watches and disturbs. */
final class Links implements AutoCloseable {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "s3", "S3_ENDPOINT",
          "azure", "AZURITE_BLOB_URL",
          "gcs", "GCS_ENDPOINT",
          "mongo", "MONGO_URL");

  private final Vertx vertx = Vertx.vertx();
  private final LocalSystem system;

  Links(LocalSystem system) {
    this.system = system;
  }

  /** Nodes that start from now on use a link of their own to one of the shared servers. */
  FaultProxy to(String name) {
    return to(name, system.endpoint(name.equals("azure") ? "azurite" : name));
  }

  /** Nodes that start from now on use a link of their own to a server. */
  FaultProxy to(String name, URI server) {
    FaultProxy link = Results.outcome(FaultProxy.inFrontOf(vertx, server));
    system.with(VARIABLES.get(name), link.endpoint().toString());
    return link;
  }

  @Override
  public void close() {
    Results.outcome(vertx.close());
  }
}
