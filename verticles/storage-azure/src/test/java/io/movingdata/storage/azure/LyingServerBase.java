package io.movingdata.storage.azure;

import static io.movingdata.testkit.Results.outcome;

import io.movingdata.core.retry.RetryPolicy;
import io.movingdata.core.storage.ObjectStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store in haste for the bytes of a read, and the end of what a test opened. */
abstract class LyingServerBase {
  static final AzureLimits HASTY =
      new AzureLimits(
          Duration.ofSeconds(2),
          Duration.ofSeconds(20),
          Duration.ofMillis(500),
          1_000,
          new RetryPolicy(3, 1, 5_000),
          Duration.ofSeconds(5));

  private final List<ObjectStore> opened = new ArrayList<>();
  Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() {
    opened.forEach(store -> outcome(store.close()));
    outcome(vertx.close());
  }

  final ObjectStore store(ScriptedAzure server) {
    ObjectStore store = Locations.open(vertx, Locations.at(server.endpoint()), HASTY);
    opened.add(store);
    return store;
  }
}
