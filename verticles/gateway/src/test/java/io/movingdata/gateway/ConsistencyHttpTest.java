package io.movingdata.gateway;

import static io.movingdata.gateway.GatewayFixture.json;
import static io.movingdata.gateway.GatewayFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.contract.ConsistencyApi;
import io.movingdata.core.contract.FindingApi;
import io.movingdata.core.contract.FindingApi.FindingCount;
import io.movingdata.core.contract.MirrorApi;
import io.movingdata.core.model.FindingKind;
import io.movingdata.core.model.FindingState;
import io.movingdata.core.model.Pass;
import io.vertx.core.Future;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /consistency} with and without a node that verifies. */
class ConsistencyHttpTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private GatewayFixture gateway;

  @BeforeEach
  void start() {
    gateway = GatewayFixture.start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void whereNoNodeVerifiesTheAnswerSaysHowToGetOne() {
    List<HttpResponse<byte[]>> answers =
        List.of(
            gateway.get("/consistency/status"),
            gateway.get("/consistency/passes/current"),
            gateway.post("/consistency/passes", "{}"),
            gateway.post("/consistency/resync", "{\"file_ids\": [\"a\"]}"));
    for (HttpResponse<byte[]> answer : answers) {
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(json(answer).get("detail").asText())
          .isEqualTo(
              "no node with the role consistency is running: start one, with consistency or all"
                  + " among its NODE_ROLES");
    }
  }

  @Test
  void aMirrorThatDiffersIsNotPendingAndBothPassesAreShown() {
    List<Pass> passes =
        List.of(
            new Pass("d", Pass.Kind.DEEP, true, false, "schedule", NOW, null, false, List.of()),
            new Pass("l", Pass.Kind.LIGHT, true, false, "schedule", NOW, NOW, false, List.of()));
    FindingApi.FindingCounts counts =
        new FindingApi.FindingCounts(
            List.of(
                new FindingCount(FindingKind.MIRROR_DIFFERS, FindingState.OPEN, "m", 7, NOW),
                new FindingCount(FindingKind.MISSING, FindingState.OPEN, "s3", 2, NOW),
                new FindingCount(FindingKind.ORPHAN, FindingState.OPEN, "s3", 1, NOW)));
    List<String> asked = new ArrayList<>();
    serve(new ConsistencyApi.Status(List.of(), passes, NOW, NOW, null, 0, counts), asked);

    JsonNode status = json(gateway.get("/consistency/status"));
    assertThat(status.get("pending").asInt()).isEqualTo(3);
    assertThat(status.get("passes").findValuesAsText("kind")).containsExactly("deep", "light");
    for (String name : List.of("deep", "light", "current")) {
      assertThat(gateway.get("/consistency/passes/" + name).statusCode()).isEqualTo(200);
    }
    assertThat(gateway.get("/consistency/passes/other").statusCode()).isEqualTo(404);
    assertThat(asked).containsExactly("deep", "light", null);
  }

  private void serve(ConsistencyApi.Status status, List<String> asked) {
    outcome(
        Future.all(
            gateway.bus.serve(ConsistencyApi.STATUS, all -> Future.succeededFuture(status)),
            gateway.bus.serve(
                MirrorApi.STATUS, all -> Future.succeededFuture(new MirrorApi.Status(List.of()))),
            gateway.bus.serve(
                FindingApi.LIST_FINDINGS,
                query -> Future.succeededFuture(new FindingApi.FindingPage(List.of(), null))),
            gateway.bus.serve(
                ConsistencyApi.GET_PASS,
                ref -> {
                  asked.add(ref.id());
                  return Future.succeededFuture(
                      new ConsistencyApi.PassReply(status.passes().get(0)));
                })));
  }
}
