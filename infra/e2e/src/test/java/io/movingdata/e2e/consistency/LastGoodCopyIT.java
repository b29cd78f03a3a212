package io.movingdata.e2e.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.Contents;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LocalSystem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One of two copies is silently damaged where its server keeps it: whatever is asked for next, the
 * other one is not lost.
 */
class LastGoodCopyIT {
  private static final int SIZE = 3_000;
  private static final String FILE = "kept/last";
  private static final String KEEP_GARBAGE = "600000";

  private LocalSystem system;
  private Tamper tamper;
  private Api api;

  private void start(String graceMs) {
    system =
        LocalSystem.create("lastgood")
            .with("CONSISTENCY_POLL_MS", "200")
            .with("COLLECT_GRACE_MS", graceMs)
            .with("COLLECT_INTERVAL_MS", "300");
    api = system.node("n1").api();
    tamper = new Tamper(system);
    assertThat(api.post("/seed", new JsonObject()).status()).as("makes the buckets").isEqualTo(200);
  }

  @AfterEach
  void stop() {
    tamper.close();
    system.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"azure", "gcs"})
  void aMoveToADamagedCopyMakesANewOne(String target) {
    start("1000");
    byte[] content = store(target);
    String bad = key(target);
    tamper.flipByte(target, bad);

    api.moveToEnd(FILE, target);

    assertThat(api.download(FILE).body()).isEqualTo(content);
    assertThat(api.file(FILE).getString("current_location")).isEqualTo(target);
    assertThat(key(target)).isNotEqualTo(bad);
    assertThat(finding(bad).getString("kind")).isEqualTo("corrupt");
    await("the old copies are collected")
        .atMost(Duration.ofMinutes(1))
        .until(() -> system.witness().look().garbage().isEmpty());
    assertThat(api.download(FILE).body()).isEqualTo(content);
    assertThat(api.post("/consistency/passes", new JsonObject().put("kind", "light")).status())
        .isEqualTo(202);
    await("its finding is settled")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(finding(bad).getString("state")).isEqualTo("gone"));
  }

  @Test
  void aGoodCopyIsNotRemovedWhereTheOtherIsDamaged() {
    start("1000");
    byte[] content = store("azure");
    String bad = key("s3");
    tamper.flipByte("s3", bad);

    Api.Answer refused = drop("azure");
    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.body()).contains("/consistency/resync");
    assertThat(api.download(FILE).body()).isEqualTo(content);
    assertThat(finding(bad).getString("kind")).isEqualTo("corrupt");

    assertThat(resync(false).getInteger("repaired")).as("what is known is read").isEqualTo(1);
    assertThat(drop("azure").status()).isEqualTo(200);
    assertThat(api.download(FILE).body()).isEqualTo(content);
  }

  @Test
  void aGoodCopyThatWaitsForTheCollectorIsRepairedFrom() {
    start(KEEP_GARBAGE);
    byte[] content = store("azure");
    assertThat(drop("azure").status()).isEqualTo(200);
    tamper.flipByte("s3", key("s3"));
    assertThat(api.download(FILE).statusCode()).isEqualTo(502);

    JsonObject resynced = resync(true);

    assertThat(resynced.getInteger("repaired")).as(resynced.encode()).isEqualTo(1);
    assertThat(api.download(FILE).body()).isEqualTo(content);
    assertThat(resync(true).getJsonArray("failed")).isEmpty();
  }

  /** Stores the file at s3, with a copy somewhere else; its content. */
  private byte[] store(String second) {
    byte[] content = Contents.bytes(SIZE, 4_711);
    assertThat(api.upload(FILE, content).status()).isEqualTo(201);
    JsonObject targets = new JsonObject().put("targets", new JsonArray().add(second));
    assertThat(api.post("/replicas/" + Api.encode(FILE), targets).status()).isEqualTo(200);
    return content;
  }

  private Api.Answer drop(String location) {
    return api.call(
        "DELETE", "/replicas/" + Api.encode(FILE) + "/" + location, BodyPublishers.noBody());
  }

  private JsonObject resync(boolean deep) {
    JsonObject wanted = new JsonObject().put("file_ids", List.of(FILE)).put("deep", deep);
    return api.post("/consistency/resync", wanted).json();
  }

  private String key(String location) {
    return system.witness().look().files().stream()
        .filter(file -> file.id().equals(FILE))
        .flatMap(file -> file.replicas().stream())
        .filter(replica -> replica.location().equals(location))
        .findFirst()
        .orElseThrow()
        .key();
  }

  private JsonObject finding(String key) {
    return api.get("/consistency/findings?limit=1000").array().stream()
        .map(JsonObject.class::cast)
        .filter(found -> key.equals(found.getString("key")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no finding of " + key));
  }
}
