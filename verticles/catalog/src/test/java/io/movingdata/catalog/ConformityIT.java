package io.movingdata.catalog;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.catalog.store.MongoSettings;
import io.movingdata.catalog.store.SchemaGuard;
import io.movingdata.catalog.store.StoreLink;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.config.Secret;
import io.movingdata.testkit.process.LocalStackProcess;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sequences of {@link ConformityTest}, without the deaths, on a real server. */
class ConformityIT {
  private static final int SEQUENCES = 15;

  @TempDir static Path data;
  private static LocalStackProcess stack;
  private static Vertx vertx;
  private static StoreLink link;

  @BeforeAll
  static void connect() {
    stack = LocalStackProcess.start(data, "mongo");
    vertx = Vertx.vertx();
    Secret url = Secret.of(stack.endpoint("mongo").toString());
    link =
        new StoreLink(
            vertx,
            MongoSettings.client(new NodeConfig.Mongo(url, "conformity")),
            new SchemaGuard(List.of()));
    link.open();
    await().atMost(Duration.ofMinutes(1)).until(() -> outcome(link.status()).connected());
  }

  @AfterAll
  static void disconnect() {
    outcome(link.close());
    outcome(vertx.close());
    stack.close();
  }

  @Test
  void theServicesDoWhatTheModelSaysOnAServerToo() {
    Bus bus = new Bus(vertx);
    DocumentStore store = link.store();
    for (long seed = 0; seed < SEQUENCES; seed++) {
      for (String collection : outcome(store.collections())) {
        outcome(store.drop(collection));
      }
      List<Deed> deeds = Deed.sequence(seed, ConformityTest.LENGTH, false);
      assertThat(Conformity.difference(store, bus, deeds)).as("seed %d", seed).isEmpty();
    }
  }
}
