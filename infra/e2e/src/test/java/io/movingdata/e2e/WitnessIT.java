package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.judge.ClientOperation;
import io.movingdata.core.judge.Evidence;
import io.movingdata.core.judge.Judge;
import io.movingdata.core.judge.Limits;
import io.movingdata.core.judge.Outcome;
import io.movingdata.core.judge.ProviderRequest;
import io.movingdata.core.judge.RequestKind;
import io.movingdata.core.judge.Rule;
import io.movingdata.core.judge.Violation;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.Replica;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.ClientHistory;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.Witness;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The judge finds nothing wrong with a healthy system, and finds what is done to its objects. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WitnessIT {
  private static final int LARGE = 12_000_000;

  private final ClientHistory clients = new ClientHistory();
  private LocalSystem system;
  private Api api;

  @BeforeAll
  void start() {
    system = LocalSystem.create("witness").observed();
    api = system.node("a").api();
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    system.close();
  }

  private void wander(String fileId, int bytes) {
    clients.write(api, fileId, Contents.bytes(bytes, 1), "s3");
    for (String target : new String[] {"azure", "gcs", "s3"}) {
      clients.move(api, fileId, target, "Prefer", "wait=120", "Idempotency-Key", fileId + target);
      clients.read(api, fileId);
    }
  }

  @Test
  void aHealthySystemIsFoundSoAndItsRequestsAreSeen() throws IOException {
    wander("small", 1_000);
    wander("large", LARGE);
    wander("deleted", 1_000);
    clients.delete(api, "deleted");
    clients.read(api, "deleted");
    clients.write(api, "small", Contents.bytes(2_000, 2), null);
    Witness witness = system.witness();
    witness.awaitRest(Duration.ofMinutes(2));

    assertThat(clients.operations()).extracting(ClientOperation::outcome).containsOnly(Outcome.OK);
    assertThat(witness.verdict(clients.operations())).isEmpty();
    Evidence evidence = witness.evidence(Limits.atRest(Duration.ofHours(1)), clients.operations());
    for (String location : new String[] {"s3", "azure", "gcs"}) {
      assertThat(seen(evidence, location))
          .as(location)
          .contains(RequestKind.PUT, RequestKind.COMPLETE, RequestKind.DELETE);
    }

    FileRecord large =
        evidence.catalog().files().stream().filter(f -> f.id().equals("large")).findFirst().get();
    destroy(large.replicas().get(0));
    assertThat(Judge.judge(witness.evidence(evidence.limits(), clients.operations())))
        .extracting(Violation::rule)
        .containsExactly(Rule.DURABILITY);
  }

  private static Set<RequestKind> seen(Evidence evidence, String location) {
    return evidence.requests().stream()
        .filter(request -> request.location().equals(location))
        .map(ProviderRequest::kind)
        .collect(Collectors.toSet());
  }

  private void destroy(Replica copy) throws IOException {
    assertThat(copy.location()).isEqualTo("s3");
    try (Stream<Path> files = Files.walk(system.stackData())) {
      Path stored =
          files.filter(file -> file.getFileName().toString().equals(copy.key())).findFirst().get();
      Files.delete(stored);
    }
  }
}
