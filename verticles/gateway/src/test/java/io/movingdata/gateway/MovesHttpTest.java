package io.movingdata.gateway;

import static io.movingdata.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.model.MoveState;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moving, seeding and testing over a real socket. */
class MovesHttpTest {
  private static final String MOVE = "{\"file_id\":\"f\",\"target\":\"gcs\"}";
  private GatewayFixture gateway;

  @BeforeEach
  void start() {
    gateway = GatewayFixture.start();
    gateway.put("/files/f/content", new byte[] {1, 2, 3});
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aMoveIsAnsweredOnceItIsCommitted() {
    HttpResponse<byte[]> moved = gateway.post("/move", MOVE);

    assertThat(moved.statusCode()).isEqualTo(200);
    assertThat(json(moved).path("moved").asBoolean()).isTrue();
    assertThat(json(moved).path("from").asText()).isEqualTo("s3");
    assertThat(json(moved).path("to").asText()).isEqualTo("gcs");
    String id = json(moved).path("move_id").asText();
    assertThat(json(gateway.get("/moves/" + id)).path("file_id").asText()).isEqualTo("f");
  }

  @Test
  void whereTheFileIsAlreadyNothingIsMoved() {
    HttpResponse<byte[]> there = gateway.post("/move", "{\"file_id\":\"f\",\"target\":\"s3\"}");

    assertThat(there.statusCode()).isEqualTo(200);
    assertThat(json(there).path("moved").asBoolean(true)).isFalse();
    assertThat(json(there).path("move_id").isNull()).isTrue();
  }

  @Test
  void whoDoesNotWaitGetsALocation() {
    HttpResponse<byte[]> accepted = gateway.post("/move", MOVE, "Prefer", "respond-async");

    assertThat(accepted.statusCode()).isEqualTo(202);
    String location = accepted.headers().firstValue("Location").orElseThrow();
    assertThat(gateway.get(location).statusCode()).isEqualTo(200);
    gateway.mover.outcome(MoveState.COPYING, null);
    assertThat(gateway.post("/move", MOVE, "Prefer", "wait=1").statusCode()).isEqualTo(202);
  }

  @Test
  void aMoveThatFailsIsAProblemWithItsReason() {
    gateway.mover.outcome(MoveState.STUCK, "corrupt-object: frame 3 fails authentication");
    HttpResponse<byte[]> stuck = gateway.post("/move", MOVE);
    assertThat(stuck.statusCode()).isEqualTo(502);
    assertThat(json(stuck).path("code").asText()).isEqualTo("CORRUPT_OBJECT");
    assertThat(json(stuck).path("detail").asText()).contains("frame 3");

    gateway.mover.outcome(MoveState.ABORTED, "cancelled");
    assertThat(gateway.post("/move", MOVE).statusCode()).isEqualTo(409);
  }

  @Test
  void anIdempotencyKeyGivesTheFirstAnswerAgainAndBelongsToOneRequest() {
    HttpResponse<byte[]> first = gateway.post("/move", MOVE, "Idempotency-Key", "k1");
    HttpResponse<byte[]> again = gateway.post("/move", MOVE, "Idempotency-Key", "k1");

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    assertThat(gateway.mover.submits()).isEqualTo(1);
    HttpResponse<byte[]> other =
        gateway.post("/move", "{\"file_id\":\"f\",\"target\":\"azure\"}", "Idempotency-Key", "k1");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(json(other).path("code").asText()).isEqualTo("KEY_REUSED");
    assertThat(
            gateway
                .post("/move", MOVE, "Idempotency-Key", "k1", "X-Principal", "somebody-else")
                .headers()
                .firstValue("Idempotency-Replayed"))
        .isEmpty();
  }

  @Test
  void aFailureFreesItsKey() {
    gateway.mover.outcome(MoveState.ABORTED, "cancelled");
    assertThat(gateway.post("/move", MOVE, "Idempotency-Key", "k2").statusCode()).isEqualTo(409);
    gateway.mover.outcome(MoveState.COMMITTED, null);
    assertThat(gateway.post("/move", MOVE, "Idempotency-Key", "k2").statusCode()).isEqualTo(200);
  }

  @Test
  void aDryRunSaysWhatABulkMoveWouldMean() {
    HttpResponse<byte[]> plan =
        gateway.post(
            "/moves",
            "{\"selector\":{\"prefix\":\"f\",\"older_than\":1700000000},\"target\":\"gcs\","
                + "\"dry_run\":true}");

    assertThat(plan.statusCode()).isEqualTo(200);
    assertThat(json(plan).path("count").asInt()).isEqualTo(3);
    assertThat(json(plan).path("egress_cost_usd").asDouble()).isEqualTo(0.25);
  }

  @Test
  void replicasAreMadeOneAfterAnother() {
    HttpResponse<byte[]> made =
        gateway.post("/replicas/f", "{\"targets\":[\"s3\",\"azure\",\"gcs\"]}");

    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(json(made).path("copies").findValuesAsText("state"))
        .containsExactly("present", "made", "made");
    assertThat(gateway.post("/replicas/f", "{\"targets\":[\"mars\"]}").statusCode()).isEqualTo(404);
  }

  @Test
  void refusalsOfTheMoverReachTheClient() {
    String id = json(gateway.post("/move", MOVE)).path("move_id").asText();

    assertThat(
            gateway
                .send(gateway.request("/moves/" + id + "/cancel").POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(409);
    assertThat(gateway.get("/moves/none").statusCode()).isEqualTo(404);
  }

  @Test
  void seedingTwiceUploadsOnceAndTheFilesKeepTheirMetadata() {
    HttpResponse<byte[]> first =
        gateway.send(gateway.request("/seed").POST(BodyPublishers.noBody()));
    HttpResponse<byte[]> second =
        gateway.send(gateway.request("/seed").POST(BodyPublishers.noBody()));

    int seeded = json(first).path("seeded").asInt();
    assertThat(seeded).isGreaterThanOrEqualTo(24);
    assertThat(json(first).path("ok").asBoolean()).isTrue();
    assertThat(json(second).path("seeded").asInt()).isZero();
    assertThat(json(second).path("present").asInt()).isEqualTo(seeded);
    assertThat(json(gateway.get("/files/file_001.txt")).at("/metadata/team").asText())
        .isEqualTo("finance");
    assertThat(json(gateway.get("/files/file_001.txt")).path("latency_sla_ms").asInt())
        .isEqualTo(250);
  }

  @Test
  void theStorageTestTimesEveryStepAndLeavesNothing() {
    int before = gateway.stores.get("azure").keys().size();

    HttpResponse<byte[]> result =
        gateway.send(gateway.request("/storage_test").POST(BodyPublishers.noBody()));

    assertThat(json(result).at("/azure/ok").asBoolean()).isTrue();
    assertThat(json(result).at("/gcs/sha").asText()).hasSize(64);
    assertThat(json(result).at("/s3/put_ms").isNumber()).isTrue();
    assertThat(gateway.stores.get("azure").keys()).hasSize(before);
    assertThat(
            json(gateway.send(
                    gateway
                        .request("/storage_test")
                        .header("X-Principal-Roles", "operations")
                        .POST(BodyPublishers.noBody())))
                .at("/s3/ok")
                .asBoolean(true))
        .isFalse();
  }

  @Test
  void filesAreListedInPagesWithTheirTotal() {
    gateway.put("/files/g/content", new byte[] {1});
    gateway.put("/files/h/content?location=azure", new byte[] {1});

    HttpResponse<byte[]> page = gateway.get("/files?limit=2&sort=id");
    assertThat(json(page)).hasSize(2);
    assertThat(page.headers().firstValue("X-Total-Count")).hasValue("3");
    String link = page.headers().firstValue("Link").orElseThrow();
    String next = link.substring(1, link.indexOf('>'));
    HttpResponse<byte[]> rest = gateway.get(next);
    assertThat(json(rest)).hasSize(1);
    assertThat(rest.headers().firstValue("Link")).isEmpty();
    assertThat(json(gateway.get("/files?tier=warm")).findValuesAsText("id")).containsExactly("h");
    assertThat(json(gateway.get("/files?tier=warm&location=s3"))).isEmpty();
    assertThat(json(page).get(0).has("predicted_tier")).isTrue();
    assertThat(json(page).get(0).path("current_tier").asText()).isEqualTo("hot");
  }

  @Test
  void theAuditTrailHoldsUploadsAndReads() {
    gateway.get("/files/f/content");

    await()
        .untilAsserted(
            () ->
                assertThat(json(gateway.get("/audit")).findValuesAsText("action"))
                    .contains("file.upload", "file.read"));
  }
}
