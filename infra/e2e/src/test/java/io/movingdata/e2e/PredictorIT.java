package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Models that are trained over HTTP, on running nodes. */
class PredictorIT {
  /** Examples in which a file belongs where its use is: but for a share that is turned round. */
  private static JsonArray examples(int count, double turned, long seed) {
    Random random = new Random(seed);
    JsonArray records = new JsonArray();
    for (int i = 0; i < count; i++) {
      double perDay = Math.exp(2 * random.nextGaussian());
      String tier = perDay > 2 ? "hot" : perDay > 0.3 ? "warm" : "cold";
      if (random.nextDouble() < turned) {
        tier = tier.equals("hot") ? "cold" : "hot";
      }
      records.add(
          new JsonObject()
              .put("access_freq_per_day", perDay)
              .put("size_kb", random.nextInt(10_000))
              .put("days_since_access", random.nextInt(20))
              .put("current_tier", "hot")
              .put("target_tier", tier));
    }
    return records;
  }

  private static JsonObject train(Api api, JsonArray records) {
    Api.Answer answer = api.post("/predictive/train", new JsonObject().put("records", records));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static JsonObject decision(Api api, double perDay) {
    JsonObject features =
        new JsonObject()
            .put("access_freq_per_day", perDay)
            .put("size_kb", 5_000)
            .put("days_since_access", 3)
            .put("current_tier", "hot");
    return api.post("/rules/evaluate", new JsonObject().put("features", features))
        .json()
        .getJsonObject("decision");
  }

  @Test
  void modelsAreTrainedComparedServedOnEveryNodeAndRolledBack() {
    try (LocalSystem system = LocalSystem.create("models").optimised()) {
      NodeProcess first = system.clustered("a");
      NodeProcess second = system.clustered("b");
      Api api = first.api();
      await("nobody trained the first model, and there is one of it")
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> {
                assertThat(api.get("/models").json().getString("in_force")).isEqualTo("m1");
                assertThat(decision(api, 20).getString("model_tier")).isEqualTo("hot");
                assertThat(decision(second.api(), 0.01).getString("model_tier")).isEqualTo("cold");
              });
      JsonArray alone = api.get("/models").json().getJsonArray("models");
      assertThat(alone).hasSize(1);
      assertThat(alone.getJsonObject(0).getString("labels")).isEqualTo("bootstrap");

      JsonObject good = train(api, examples(800, 0, 1));
      assertThat(good.getString("model_version")).isEqualTo("m2");
      assertThat(good.getString("labels")).isEqualTo("records");
      assertThat(good.getJsonObject("comparison").getString("against")).isEqualTo("m1");
      assertThat(good.getBoolean("in_force")).isTrue();
      assertThat(good.getDouble("holdout_f1")).isGreaterThan(0.9);
      assertThat(good.getJsonArray("classes")).containsExactly("cold", "hot", "warm");
      JsonObject decided = decision(api, 20);
      assertThat(decided.getString("source")).startsWith("model:m2/");
      assertThat(decided.getString("tier")).isEqualTo("hot");
      assertThat(decided.getJsonArray("reasons").getString(0)).startsWith("access_freq_per_day");
      await("the other node serves the same model")
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(decision(second.api(), 20).getString("source"))
                      .startsWith("model:m2/"));
      assertThat(decision(second.api(), 0.05).getDouble("model_confidence"))
          .isEqualTo(decision(api, 0.05).getDouble("model_confidence"));

      JsonObject worse = train(api, examples(200, 0.6, 2));
      assertThat(worse.getString("model_version")).isEqualTo("m3");
      JsonObject models = api.get("/models").json();
      assertThat(models.getJsonArray("models")).hasSize(3);
      assertThat(models.getString("in_force"))
          .isEqualTo(worse.getBoolean("in_force") ? "m3" : "m2");
      Api.Answer chosen = api.post("/models/m3/activate", new JsonObject());
      assertThat(chosen.json().getString("in_force")).isEqualTo("m3");
      assertThat(api.post("/models/m2/activate", new JsonObject()).status()).isEqualTo(200);
      assertThat(api.post("/models/m9/activate", new JsonObject()).status()).isEqualTo(404);

      second.kill9();
      second.start();
      await("the model is learnt again")
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(decision(second.api(), 20).getString("source"))
                      .startsWith("model:m2/"));
    }
  }

  @Test
  void aTrainingIsLongWorkThatIsFollowedAndCancelledFromAnyNode() {
    try (LocalSystem system = LocalSystem.create("training").optimised()) {
      Api one = system.clustered("a").api();
      Api other = system.clustered("b").api();
      JsonObject many = new JsonObject().put("records", examples(100_000, 0.1, 7));
      Api.Answer accepted = one.post("/predictive/train", many, "Prefer", "respond-async");
      assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
      String where = accepted.header("Location");
      assertThat(other.get(where).json().getInteger("examples")).isBetween(0, 100_000);
      await("it is done")
          .atMost(Duration.ofSeconds(60))
          .until(() -> other.get(where).json().getString("state").equals("done"));
      JsonObject done = other.get(where).json();
      assertThat(done.getInteger("examples")).isEqualTo(100_000);
      assertThat(done.getDouble("progress")).isEqualTo(1);
      assertThat(done.getJsonObject("model").getInteger("samples")).isBetween(3_900, 4_000);
      assertThat(other.post(where + "/cancel", new JsonObject()).status()).isEqualTo(409);

      JsonObject more = new JsonObject().put("records", examples(20_000, 0.4, 8));
      String second =
          one.post("/predictive/train", more, "Prefer", "respond-async").header("Location");
      Api.Answer cancelled = other.post(second + "/cancel", new JsonObject());
      assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(200);
      assertThat(cancelled.json().getString("state")).isEqualTo("cancelled");
      await("its node is free again")
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(train(one, examples(60, 0, 9))).isNotNull());
      assertThat(one.get(second).json().getString("state")).isEqualTo("cancelled");
      assertThat(one.get("/predictive/trainings/0").status()).isEqualTo(404);
      assertThat(one.get("/models").json().getJsonArray("models"))
          .as("bootstrap, the first and the last")
          .hasSize(3);
    }
  }

  @Test
  void aModelInTheShadowTakesOverWhenItHasAnsweredOftenEnough() {
    try (LocalSystem system =
        LocalSystem.create("shadow")
            .with("MODEL_TAKEOVER", "shadow")
            .with("MODEL_SHADOW_ANSWERS", "30")) {
      Api api = system.node("a").api();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> "m1".equals(api.get("/models").json().getString("in_force")));
      JsonObject trained = train(api, examples(800, 0, 1));
      assertThat(trained.getBoolean("in_force")).isFalse();
      JsonObject models = api.get("/models").json();
      assertThat(models.getString("in_force")).isEqualTo("m1");
      assertThat(models.getJsonObject("shadow").getString("version")).isEqualTo("m2");
      assertThat(models.getJsonObject("shadow").getInteger("wanted")).isEqualTo(30);
      await("it is asked what the one in force is asked, where both say the same")
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                decision(api, 40);
                return "m2".equals(api.get("/models").json().getString("in_force"));
              });
      assertThat(api.get("/models").json().getJsonObject("shadow")).isNull();
    }
  }

  @Test
  void whatCannotBeLearntFromIsRefusedAndSaysWhy() {
    try (LocalSystem system = LocalSystem.create("learn").optimised()) {
      Api api = system.node("a").api();
      JsonArray wrong = examples(10, 0, 3);
      wrong.getJsonObject(4).put("target_tier", "lukewarm").put("colour", "red");
      Api.Answer refused = api.post("/predictive/train", new JsonObject().put("records", wrong));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).contains("records[4].target_tier").contains("records[4].colour");
      assertThat(api.post("/predictive/train", new JsonObject()).status()).isEqualTo(400);
      assertThat(
              api.post("/predictive/train", new JsonObject().put("records", examples(3, 0, 4)))
                  .status())
          .isEqualTo(409);
      assertThat(api.post("/predictive/train", new JsonObject().put("auto_label", true)).status())
          .as("there are no files")
          .isEqualTo(409);
      JsonObject few = train(api, examples(20, 0, 5));
      assertThat(few.getString("model_type")).isEqualTo("nearest-centroid");
    }
  }
}
