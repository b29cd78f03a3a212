package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The replication policy on a running node: tried, put in force, carried out, and kept. */
class ReplicationIT {
  private static final Duration SOON = Duration.ofSeconds(40);

  private static LocalSystem system;
  private static NodeProcess node;

  @BeforeAll
  static void start() {
    system =
        LocalSystem.create("replication")
            .with("CONSISTENCY_POLL_MS", "300")
            .with("REPLICATION_SWEEP_MS", "1500");
    node = system.node("a");
    assertThat(api().post("/seed", new JsonObject()).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  private static Api api() {
    return node.api();
  }

  private static Api.Answer put(JsonObject policy) {
    return api()
        .call(
            "PUT",
            "/replication",
            BodyPublishers.ofString(policy.encode()),
            "Content-Type",
            "application/json");
  }

  private static JsonObject current() {
    return api().get("/replication").json();
  }

  private static JsonObject policy(int copies, JsonObject... rules) {
    JsonArray list = new JsonArray();
    for (JsonObject rule : rules) {
      list.add(rule);
    }
    return new JsonObject()
        .put("version", current().getInteger("version"))
        .put("copies", copies)
        .put("rules", list);
  }

  private static JsonObject rule(String name, String prefix, int copies, String... locations) {
    JsonArray where = new JsonArray();
    for (String location : locations) {
      where.add(location);
    }
    return new JsonObject()
        .put("name", name)
        .put("prefix", prefix)
        .put("copies", copies)
        .put("locations", where);
  }

  private static void upload(String file) {
    byte[] content = ("content of " + file).getBytes(StandardCharsets.UTF_8);
    assertThat(api().upload(file, content).status()).isEqualTo(201);
  }

  private static Set<String> copies(String file) {
    Set<String> locations = new TreeSet<>();
    for (Object one : api().file(file).getJsonArray("replicas")) {
      JsonObject replica = (JsonObject) one;
      if (replica.getString("state").equals("verified")) {
        locations.add(replica.getString("location"));
      }
    }
    return locations;
  }

  private static void awaitCopies(String file, String... locations) {
    await(file).atMost(SOON).until(() -> copies(file).equals(Set.of(locations)));
  }

  private static Api.Answer drop(String file, String location) {
    return api()
        .call("DELETE", "/replicas/" + Api.encode(file) + "/" + location, BodyPublishers.noBody());
  }

  @Test
  void aPolicyIsTriedCarriedOutForOldAndNewFilesAndNeverUndercut() {
    upload("keep/old");
    upload("other");
    JsonObject wanted = policy(1, rule("keep", "keep/", 2, "azure", "s3"));

    JsonObject tried = put(wanted.copy().put("dry_run", true)).json();
    assertThat(tried.getInteger("lacking")).isEqualTo(1);
    assertThat(tried.getInteger("copies")).isEqualTo(1);
    assertThat(tried.getLong("bytes")).isPositive();
    assertThat(tried.getDouble("monthly_cost")).isPositive();
    assertThat(tried.getDouble("egress_cost")).isPositive();
    assertThat(current().getInteger("version")).isEqualTo(wanted.getInteger("version"));

    Api.Answer done = put(wanted);
    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(put(wanted).status()).as("the version is not in force any more").isEqualTo(409);
    awaitCopies("keep/old", "s3", "azure");
    upload("keep/new");
    awaitCopies("keep/new", "s3", "azure");
    assertThat(copies("other")).containsExactly("s3");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonObject progress = current().getJsonObject("progress");
              assertThat(progress.getInteger("policy_version"))
                  .isEqualTo(wanted.getInteger("version") + 1);
              assertThat(progress.getInteger("lacking")).isZero();
              assertThat(progress.getInteger("examined")).isGreaterThanOrEqualTo(3);
              assertThat(progress.getString("finished_at")).isNotNull();
            });
    JsonObject plan =
        api()
            .post("/replication/evaluate", new JsonObject().put("file_id", "keep/new"))
            .json()
            .getJsonObject("plan");
    assertThat(plan.getString("rule")).isEqualTo("keep");
    assertThat(plan.getJsonArray("wanted").encode()).isEqualTo("[\"s3\",\"azure\"]");

    Api.Answer denied = drop("keep/old", "azure");
    assertThat(denied.status()).as(denied.body()).isEqualTo(422);
    assertThat(denied.json().getString("detail")).contains("rule keep");
    api().moveToEnd("keep/old", "azure");
    assertThat(copies("keep/old")).as("the old primary stays").containsExactly("azure", "s3");
    assertThat(api().file("keep/old").getString("current_location")).isEqualTo("azure");
    api().moveToEnd("other", "azure");
    assertThat(copies("other")).containsExactly("azure");

    Api.Answer again = put(policy(1));
    assertThat(again.status()).as(again.body()).isEqualTo(200);
    assertThat(current().getJsonObject("progress").getString("state")).isEqualTo("idle");
    assertThat(copies("keep/new")).as("nothing goes by itself").containsExactly("azure", "s3");
    assertThat(drop("keep/old", "s3").status()).isEqualTo(200);
    assertThat(copies("keep/old")).containsExactly("azure");

    assertThat(put(policy(1).put("prune", true)).status()).isEqualTo(200);
    awaitCopies("keep/new", "s3");
    assertThat(put(policy(1)).status()).isEqualTo(200);
  }

  @Test
  void aPolicyThatCannotBeIsRefusedNamingEachField() {
    Api.Answer refused =
        put(policy(9, rule("a", "x", 2, "mars"), rule("a", "y", 1)).put("surprise", 1));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("surprise");
    refused = put(policy(9, rule("a", "x", 2, "mars"), rule("a", "y", 1)));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("\"copies\"", "rules[0].locations[0]", "rules[0].locations", "rules[1].name");
  }

  @Test
  void aReadFallsBackToTheNextVerifiedCopy() {
    upload("read/it");
    Api.Answer copied =
        api()
            .post(
                "/replicas/" + Api.encode("read/it"),
                new JsonObject().put("targets", new JsonArray().add("gcs")));
    assertThat(copied.status()).as(copied.body()).isIn(200, 201);
    awaitCopies("read/it", "s3", "gcs");
    for (Path stored : system.storedAt("s3")) {
      if (stored.getFileName().toString().contains("read")) {
        remove(stored);
      }
    }
    HttpResponse<byte[]> read = api().download("read/it");
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(new String(read.body(), StandardCharsets.UTF_8)).isEqualTo("content of read/it");
  }

  private static void remove(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
