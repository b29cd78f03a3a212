package io.movingdata.storage.s3;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.StorageApi.Put;
import io.movingdata.core.launch.NodeRole;
import io.movingdata.core.storage.StorageClient;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class S3StorageRoleIT {
  @RegisterExtension static final LocalS3 S3 = new LocalS3();

  @Test
  void theLauncherFindsTheRole() {
    assertThat(ServiceLoader.load(NodeRole.class))
        .filteredOn(role -> role.name().equals("storage-s3"))
        .singleElement()
        .isInstanceOf(S3StorageRole.class)
        .extracting(NodeRole::order)
        .isEqualTo(10);
  }

  @Test
  void aDeployedLocationAnswersOnTheBus() {
    Vertx vertx = Vertx.vertx();
    LocationConfig location = S3.location().build();
    Bus bus = new Bus(vertx);
    StorageClient client = new StorageClient(bus);

    String deployment =
        outcome(
            vertx.deployVerticle(
                new S3StorageVerticle(
                    bus, vertx.createSharedWorkerExecutor("cpu"), location, Clock.systemUTC())));
    outcome(client.ensure(location.id()));
    outcome(client.put(location.id(), new Put("key", Map.of()), Buffer.buffer("body")));

    assertThat(outcome(client.probe(location.id())).bucket()).isEqualTo(location.bucket());
    assertThat(outcome(client.get(location.id(), "key")).body()).isEqualTo(Buffer.buffer("body"));
    outcome(vertx.undeploy(deployment));
    outcome(vertx.close());
  }
}
