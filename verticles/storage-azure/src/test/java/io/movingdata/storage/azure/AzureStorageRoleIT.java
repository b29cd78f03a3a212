package io.movingdata.storage.azure;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.config.Provider;
import io.movingdata.core.contract.StorageApi.Put;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.NodeRole;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AzureStorageRoleIT {
  @RegisterExtension static final LocalAzurite AZURITE = new LocalAzurite();

  private Vertx vertx;
  private Bus bus;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    bus = new Bus(vertx);
  }

  @AfterEach
  void stop() {
    outcome(vertx.close());
  }

  private List<Deployable> verticles(LocationConfig... locations) {
    NodeConfig config =
        new NodeConfig(
            "local",
            null,
            null,
            null,
            null,
            null,
            List.of(locations),
            null,
            null,
            null,
            null,
            null,
            null);
    NodeRole role =
        ServiceLoader.load(NodeRole.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals("storage-azure"))
            .findFirst()
            .orElseThrow();
    return role.verticles(
        new NodeContext(
            vertx,
            bus,
            config,
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            vertx.createSharedWorkerExecutor("cpu"),
            () -> null,
            List.of()));
  }

  private static LocationConfig s3() {
    LocationConfig azure = Locations.at(URI.create("http://127.0.0.1:1/x"));
    return new LocationConfig(
        "s3",
        Provider.S3,
        azure.endpoint(),
        "b",
        null,
        null,
        null,
        null,
        List.of(),
        "hot",
        "",
        0,
        0,
        1);
  }

  @Test
  void servesEachAzureLocationOnTheBus() {
    List<Deployable> verticles = verticles(s3(), AZURITE.location());
    assertThat(verticles).hasSize(1);

    outcome(vertx.deployVerticle(verticles.get(0)));

    StorageClient client = new StorageClient(bus);
    outcome(client.ensure("azure"));
    outcome(client.put("azure", new Put("k", Map.of()), Buffer.buffer("bytes")));
    assertThat(outcome(client.get("azure", "k")).body()).isEqualTo(Buffer.buffer("bytes"));
    assertThat(outcome(client.probe("azure")).bucket()).isEqualTo("netapp-blob");
  }

  @Test
  void startsWithoutItsProvider() {
    LocationConfig nobody = Locations.at(URI.create("http://127.0.0.1:1/" + Locations.ACCOUNT));

    outcome(vertx.deployVerticle(verticles(nobody).get(0)));
  }

  @Test
  void doesNotStartWithAnEndpointThatCannotBeUsed() {
    LocationConfig wrong = Locations.at(URI.create("http://blob.example.com/account"));

    refusal(vertx.deployVerticle(verticles(wrong).get(0)), ErrorCode.INVALID_REQUEST);
  }
}
