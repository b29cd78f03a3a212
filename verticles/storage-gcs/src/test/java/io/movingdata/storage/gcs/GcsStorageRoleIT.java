package io.movingdata.storage.gcs;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.LocationConfig.GcsCredentials;
import io.movingdata.core.config.Secret;
import io.movingdata.core.contract.StorageApi.Put;
import io.movingdata.core.launch.NodeRole;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GcsStorageRoleIT {
  @RegisterExtension static final LocalGcs GCS = new LocalGcs();

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);

  @AfterEach
  void close() {
    outcome(vertx.close());
  }

  @Test
  void theLauncherFindsTheRole() {
    assertThat(ServiceLoader.load(NodeRole.class))
        .filteredOn(role -> role.name().equals("storage-gcs"))
        .singleElement()
        .isInstanceOf(GcsStorageRole.class)
        .extracting(NodeRole::order)
        .isEqualTo(10);
  }

  @Test
  void aDeployedLocationAnswersOnTheBus() {
    LocationConfig location = GCS.location();
    StorageClient client = new StorageClient(bus);

    String deployment = outcome(vertx.deployVerticle(verticle(location)));
    outcome(client.ensure(location.id()));
    outcome(client.put(location.id(), new Put("key", Map.of()), Buffer.buffer("body")));

    assertThat(outcome(client.probe(location.id())).bucket()).isEqualTo(location.bucket());
    assertThat(outcome(client.get(location.id(), "key")).body()).isEqualTo(Buffer.buffer("body"));
    outcome(vertx.undeploy(deployment));
  }

  @Test
  void aKeyThatIsNoneStopsTheStartWithoutBeingRepeated() {
    GcsCredentials broken =
        new GcsCredentials(
            ServiceAccount.EMAIL, Secret.of("canary"), URI.create("http://127.0.0.1:1"), "p");
    LocationConfig location = Locations.of(URI.create("http://127.0.0.1:1"), "bucket-1", broken);

    assertThatThrownBy(() -> vertx.deployVerticle(verticle(location)).await(20, TimeUnit.SECONDS))
        .hasMessageContaining("not a readable RSA private key")
        .hasMessageNotContaining("canary");
  }

  private GcsStorageVerticle verticle(LocationConfig location) {
    return new GcsStorageVerticle(bus, ScriptedGcs.cpu(vertx), location, Clock.systemUTC());
  }
}
