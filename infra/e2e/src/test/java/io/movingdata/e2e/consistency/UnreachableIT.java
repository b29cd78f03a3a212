package io.movingdata.e2e.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.Contents;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.testkit.Results;
import io.movingdata.testkit.net.FaultProxy;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A provider that cannot be reached, or that suddenly has nothing: neither is taken for damage, the
 * status says what is known, and nothing is repaired that is not broken.
 */
class UnreachableIT {
  private static final int FILES = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Vertx vertx;
  private LocalSystem system;
  private Tamper tamper;
  private FaultProxy link;
  private Api api;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    system = LocalSystem.create("unreachable").with("CONSISTENCY_POLL_MS", "200");
    system.witness();
    tamper = new Tamper(system);
    link = Results.outcome(FaultProxy.inFrontOf(vertx, system.endpoint("gcs")));
    system.with("GCS_ENDPOINT", link.endpoint().toString());
    api = system.node("n1").api();
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
    for (int i = 0; i < FILES; i++) {
      String file = "file/" + i;
      assertThat(api.upload(file, Contents.bytes(2_000, i)).status()).isEqualTo(201);
      JsonObject targets = new JsonObject().put("targets", new JsonArray().add("gcs"));
      assertThat(api.post("/replicas/" + Api.encode(file), targets).status()).isEqualTo(200);
    }
  }

  @AfterEach
  void stop() {
    tamper.close();
    system.close();
    Results.outcome(vertx.close());
  }

  @Test
  void aProviderThatIsOffIsNotDamageAndIsCaughtUpWith() {
    link.refuse();
    link.reset();
    begin("light");
    await("the location is known to be away")
        .atMost(PATIENCE)
        .until(() -> location("gcs").getString("state").equals("unreachable"));
    JsonObject status = api.get("/consistency/status").json();
    assertThat(status.getString("status")).isEqualTo("unreachable");
    assertThat(api.get("/consistency/findings").array()).isEmpty();

    link.heal();
    ended();
    begin("deep");
    ended();
    status = api.get("/consistency/status").json();
    assertThat(status.getString("status")).as(status.encodePrettily()).isEqualTo("in_sync");
    assertThat(status.getInteger("repairs")).isZero();
    assertThat(api.get("/consistency/findings").array()).isEmpty();
  }

  @Test
  void aBucketThatIsSuddenlyEmptyTripsTheBreakerUntilSomebodyInsists() {
    system.witness().look().files().stream()
        .flatMap(file -> file.replicas().stream())
        .filter(copy -> copy.location().equals("gcs"))
        .forEach(copy -> tamper.delete("gcs", copy.key()));
    begin("light");
    ended();
    assertThat(location("gcs").getString("state")).isEqualTo("breaker");
    JsonObject status = api.get("/consistency/status").json();
    assertThat(status.getString("status")).isEqualTo("drift");
    assertThat(status.getInteger("pending")).isEqualTo(FILES);
    assertThat(status.getInteger("repairs")).isZero();

    assertThat(api.post("/consistency/passes", new JsonObject().put("insist", true)).status())
        .isEqualTo(202);
    await("everything is there again")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonObject now = api.get("/consistency/status").json();
              assertThat(now.getString("status")).isEqualTo("in_sync");
              assertThat(now.getInteger("repairs")).isEqualTo(FILES);
            });
    for (int i = 0; i < FILES; i++) {
      assertThat(api.download("file/" + i).body()).isEqualTo(Contents.bytes(2_000, i));
    }
  }

  private void begin(String kind) {
    JsonObject wanted = new JsonObject().put("kind", kind);
    assertThat(api.post("/consistency/passes", wanted).status()).isEqualTo(202);
  }

  private void ended() {
    await("the pass ends")
        .atMost(PATIENCE)
        .until(
            () -> api.get("/consistency/passes/current").json().getString("finished_at") != null);
  }

  private JsonObject location(String id) {
    return api.get("/consistency/status").json().getJsonArray("locations").stream()
        .map(JsonObject.class::cast)
        .filter(l -> l.getString("location").equals(id))
        .findFirst()
        .orElseThrow();
  }
}
