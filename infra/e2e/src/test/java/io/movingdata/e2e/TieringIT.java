package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From access events to decisions, alerts, costs and moves, on a running node. */
class TieringIT {
  private static LocalSystem system;
  private static NodeProcess node;

  @BeforeAll
  static void start() {
    system = LocalSystem.create("tiering");
    node = system.node("a");
    assertThat(api().post("/seed", new JsonObject()).status()).isEqualTo(200);
    node.awaitConsumer();
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  private static Api api() {
    return node.api();
  }

  private static JsonObject put(String path, JsonObject body) {
    Api.Answer answer =
        api()
            .call(
                "PUT",
                path,
                BodyPublishers.ofString(body.encode()),
                "Content-Type",
                "application/json");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static void read(String file, int times, double latency) {
    JsonArray events = new JsonArray();
    for (int i = 0; i < times; i++) {
      events.add(
          new JsonObject()
              .put("file_id", file)
              .put("latency_ms", latency)
              .put("bytes_read", 1_000_000)
              .put("client_id", "c" + i));
    }
    Api.Answer answer =
        api()
            .call(
                "POST",
                "/ingest_event",
                BodyPublishers.ofString(events.encode()),
                "Content-Type",
                "application/json");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().getInteger("queued")).isEqualTo(times);
  }

  private static JsonObject policy(String file) {
    return api().get("/policy/" + Api.encode(file)).json();
  }

  @Test
  void slowReadsRaiseAnAlertAndAskForTheHotTierAndTheAutopilotMovesThere() {
    String file = "file_002.txt";
    api().moveToEnd(file, "gcs");
    read(file, 30, 900);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              JsonObject policy = policy(file);
              assertThat(policy.getString("recommendation")).isEqualTo("hot");
              assertThat(policy.getString("source")).isEqualTo("rule:slo-breach");
              assertThat(policy.getJsonObject("features").getDouble("count_60m")).isEqualTo(30);
              assertThat(policy.getJsonObject("decision").getJsonArray("held").encode())
                  .as("it was moved by hand")
                  .contains("pinned");
            });
    JsonObject alert = awaitAlert(file);
    JsonObject acknowledged =
        api()
            .post(
                "/alerts/" + alert.getString("id") + "/ack",
                new JsonObject(),
                "X-Principal",
                "olga")
            .json();
    assertThat(acknowledged.getString("state")).isEqualTo("acknowledged");
    assertThat(api().post("/alerts/nothing/ack", new JsonObject()).status()).isEqualTo(404);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> api().get("/health").json().getJsonArray("alerts").encode().contains(file));
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              JsonObject view = api().file(file);
              assertThat(view.getString("predicted_tier")).isEqualTo("hot");
              assertThat(view.getDouble("access_freq_per_day")).isPositive();
              assertThat(view.getJsonObject("windows").getInteger("count60m")).isEqualTo(30);
            });
  }

  private static JsonObject awaitAlert(String file) {
    await()
        .atMost(Duration.ofSeconds(45))
        .until(() -> api().get("/alerts?state=active").body().contains("\"" + file + "\""));
    return api().get("/alerts?state=active").array().stream()
        .map(JsonObject.class::cast)
        .filter(one -> file.equals(one.getString("subject")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void rulesAreCheckedTriedVersionedAndOutliveARestart() {
    JsonObject rules = api().get("/rules").json();
    JsonObject changed =
        put("/rules", rules.copy().put("min_stay_days", 0).put("horizon_days", 365));
    assertThat(changed.getInteger("version")).isEqualTo(rules.getInteger("version") + 1);
    Api.Answer stale =
        api()
            .call(
                "PUT",
                "/rules",
                BodyPublishers.ofString(rules.encode()),
                "Content-Type",
                "application/json");
    assertThat(stale.status()).isEqualTo(409);
    JsonObject cold =
        new JsonObject()
            .put(
                "features",
                new JsonObject()
                    .put("current_tier", "hot")
                    .put("size_kb", 1e9)
                    .put("access_freq_per_day", 0.0001)
                    .put("days_since_access", 100));
    JsonObject evaluated = api().post("/rules/evaluate", cold).json().getJsonObject("decision");
    assertThat(evaluated.getString("tier")).isEqualTo("cold");
    assertThat(evaluated.getBoolean("move")).isTrue();
    JsonObject strict = cold.copy().put("rules", changed.copy().put("horizon_days", 1));
    assertThat(
            api()
                .post("/rules/evaluate", strict)
                .json()
                .getJsonObject("decision")
                .getJsonArray("held")
                .encode())
        .contains("does not pay");
    assertThat(api().post("/rules/evaluate", new JsonObject()).status()).isEqualTo(400);
    JsonObject negative =
        new JsonObject().put("features", new JsonObject().put("access_freq_per_day", -1));
    assertThat(api().post("/rules/evaluate", negative).status()).isEqualTo(400);

    node.kill9();
    node.start();
    assertThat(api().get("/rules").json().getInteger("version"))
        .isEqualTo(changed.getInteger("version"));
  }

  @Test
  void theAutopilotMovesWhatPaysWithinItsBudgetAndOnlyWhenItIsTold() {
    JsonObject rules = api().get("/rules").json();
    put("/rules", rules.put("min_stay_days", 0).put("max_moves_per_hour", 1));
    read("file_003.txt", 200, 10);
    read("file_004.txt", 200, 10);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              JsonObject costs = api().get("/costs").json();
              assertThat(costs.getInteger("pending")).isGreaterThanOrEqualTo(2);
              assertThat(costs.getDouble("pending_savings")).isPositive();
              assertThat(costs.getDouble("egress_last_hour")).isPositive();
              assertThat(costs.getJsonArray("locations")).hasSize(3);
            });
    assertThat(api().get("/audit?action=autopilot.move").array()).isEmpty();

    put("/autopilot", new JsonObject().put("mode", "auto"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> api().get("/audit?action=autopilot.move").array().size() == 1);
    JsonObject state = api().get("/autopilot").json();
    assertThat(state.getInteger("moves_this_hour")).isEqualTo(1);
    JsonObject move = api().get("/audit?action=autopilot.move").array().getJsonObject(0);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(api().file(move.getString("file_id")).getString("current_location"))
                    .isEqualTo(move.getString("location")));
    put("/autopilot", new JsonObject().put("mode", "advise"));
  }

  @Test
  void aBurstMakesItsEventsAndMovesAndCanBeCancelled() {
    long before = api().get("/streaming/metrics").json().getLong("total_events");
    JsonObject done =
        api()
            .post(
                "/simulate/burst",
                new JsonObject()
                    .put("events", 300)
                    .put("include_moves", true)
                    .put("stream_events", true)
                    .put("pace_ms", 1))
            .json();
    assertThat(done.getInteger("events_generated")).isEqualTo(300);
    assertThat(done.getInteger("stream_enqueued")).isEqualTo(300);
    assertThat(done.getInteger("migrations_triggered")).isBetween(1, 6);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> api().get("/streaming/metrics").json().getLong("total_events") >= before + 300);

    Api.Answer running =
        api()
            .post(
                "/simulate/burst",
                new JsonObject().put("events", 100_000).put("pace_ms", 10),
                "Prefer",
                "respond-async");
    assertThat(running.status()).isEqualTo(202);
    String burst = running.header("Location");
    assertThat(api().post(burst + "/cancel", new JsonObject()).status()).isEqualTo(202);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> api().get(burst).json().getString("state").equals("cancelled"));
  }

  @Test
  void theBackgroundLoadIsSwitchedAtRunTime() {
    assertThat(api().get("/simulator").json().getBoolean("enabled")).isFalse();
    put("/simulator", new JsonObject().put("enabled", true).put("events_per_minute", 3_000));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> api().get("/simulator").json().getInteger("events") > 20);
    assertThat(api().get("/health").json().getJsonObject("simulator")).isNotNull();
    put("/simulator", new JsonObject().put("enabled", false));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> !api().get("/simulator").json().getBoolean("enabled"));
  }
}
