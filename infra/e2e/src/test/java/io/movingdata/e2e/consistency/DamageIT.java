package io.movingdata.e2e.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.model.PhysicalKey;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.storage.SmallObject;
import io.movingdata.e2e.Contents;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LocalSystem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damage done behind the system's back, at each provider: found by the right pass, named rightly,
 * and repaired or left to a person.
 */
class DamageIT {
  private static final List<String> LOCATIONS = List.of("s3", "azure", "gcs");
  private static final int SIZE = 3_000;
  private static final int BYSTANDERS = 60;

  private static LocalSystem system;
  private static Tamper tamper;
  private static Api api;

  @BeforeAll
  static void start() {
    system =
        LocalSystem.create("damage")
            .with("CONSISTENCY_POLL_MS", "200")
            .with("CONSISTENCY_BREAKER_PERCENT", "20")
            .with("CONSISTENCY_ORPHAN_GRACE_MS", "0")
            .with("COLLECT_STALE_MS", "1000")
            .with("COLLECT_GRACE_MS", "1000")
            .with("COLLECT_INTERVAL_MS", "300");
    api = system.node("n1").api();
    tamper = new Tamper(system);
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
    for (int i = 0; i < BYSTANDERS; i++) {
      store("bystander/" + i, i);
    }
  }

  @AfterAll
  static void stop() {
    tamper.close();
    system.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "azure", "gcs"})
  void everyKindOfDamageIsNamedAndRepaired(String at) {
    Map<String, String> wanted = damage(at);

    pass("light");
    Map<String, String> light = kinds(at);
    assertThat(light)
        .containsEntry("gone", "missing")
        .containsEntry("cut", "corrupt")
        .containsEntry("older", "stale")
        .containsEntry("swapped", "overwritten")
        .containsEntry("rekeyed", "wrong_key")
        .containsEntry("replaced", "overwritten");
    pass("deep");
    assertThat(kinds(at)).isEqualTo(wanted);

    await("what can be repaired is repaired")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                // A pass that saw it before its repair may have written so after it.
                assertThat(states(at))
                    .extractingByKeys("gone", "cut", "flipped", "older", "rekeyed")
                    .isSubsetOf("repaired", "gone"));
    assertThat(states(at))
        .containsEntry("swapped", "conflict")
        .containsEntry("replaced", "conflict");
    for (String name : List.of("swapped", "replaced")) {
      JsonObject resolved = resolve(finding(at, at + "/" + name), "catalog");
      assertThat(resolved.getString("state")).as(resolved.encode()).isEqualTo("repaired");
    }
    for (String name : wanted.keySet()) {
      assertThat(api.download(at + "/" + name).body())
          .as(name)
          .isEqualTo(Contents.bytes(SIZE, seed(at, name)));
      assertThat(verifiedAt(at + "/" + name)).as(name).containsAll(LOCATIONS);
    }
    pass("deep");
    JsonObject status = api.get("/consistency/status").json();
    assertThat(status.getString("status")).as(status.encodePrettily()).isEqualTo("in_sync");
  }

  private static Map<String, String> damage(String at) {
    Map<String, String> wanted =
        new TreeMap<>(
            Map.of(
                "gone", "missing",
                "cut", "corrupt",
                "flipped", "corrupt",
                "older", "stale",
                "rekeyed", "wrong_key",
                "swapped", "overwritten",
                "replaced", "overwritten"));
    store(at + "/older", 9_999);
    SmallObject older = tamper.read(at, key(at, at + "/older"));
    for (String name : wanted.keySet()) {
      store(at + "/" + name, seed(at, name));
    }
    tamper.delete(at, key(at, at + "/gone"));
    SmallObject cut = tamper.read(at, key(at, at + "/cut"));
    tamper.write(at, key(at, at + "/cut"), cut.body().getBuffer(0, 1_000), cut.stat().metadata());
    tamper.flipByte(at, key(at, at + "/flipped"));
    tamper.reseal(at, key(at, at + "/rekeyed"), at.equals("s3") ? "gcs" : "s3");
    tamper.write(at, key(at, at + "/older"), older.body(), older.stat().metadata());
    SmallObject other = tamper.read(at, key(at, "bystander/0"));
    tamper.write(at, key(at, at + "/swapped"), other.body(), other.stat().metadata());
    tamper.write(at, key(at, at + "/replaced"), Buffer.buffer("not ours"), Map.of());
    return wanted;
  }

  @Test
  void whatNoFileReferencesIsKeptUntilItHasBeenSeenTwiceAndAPersonSaysSo() {
    SmallObject copy = tamper.read("gcs", key("gcs", "bystander/1"));
    String lostCopy = CopyId.random().value();
    String lost = PhysicalKey.of("never/there", lostCopy);
    Map<String, String> metadata = new HashMap<>(copy.stat().metadata());
    metadata.put("mdcopy", lostCopy);
    metadata.put("mdfile", "bmV2ZXIvdGhlcmU");
    tamper.write("gcs", lost, copy.body(), metadata);
    tamper.write("gcs", "stranger.txt", Buffer.buffer("hello"), Map.of());
    await("the orphan is old enough to count")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              pass("light");
              return finding(lost) != null && finding(lost).getInteger("sightings") >= 1;
            });

    assertThat(finding(lost).getString("kind")).isEqualTo("orphan");
    assertThat(finding("stranger.txt").getString("kind")).isEqualTo("orphan");
    if (finding(lost).getInteger("sightings") == 1) {
      assertThat(resolveStatus(finding(lost), "delete")).isEqualTo(422);
    }
    pass("light");
    assertThat(resolveStatus(finding("stranger.txt"), "delete")).isEqualTo(422);
    assertThat(resolve(finding(lost), "delete").getString("state")).isEqualTo("gone");
    assertThat(resolve(finding("stranger.txt"), "ignore").getString("state")).isEqualTo("ignored");
    await("the collector deletes it")
        .atMost(Duration.ofMinutes(1))
        .until(() -> system.witness().look().garbage().isEmpty());
    pass("light");
    assertThat(finding(lost).getString("state")).isEqualTo("gone");
    assertThat(finding("stranger.txt").getString("state")).isEqualTo("ignored");
    assertThat(tamper.read("gcs", "stranger.txt").body().toString()).isEqualTo("hello");
  }

  @Test
  void whatIsStoredTwiceIsNamedAndOnlyOursThatIsNotReferencedCanGo() {
    String file = "never/twice";
    store(file, 55);
    SmallObject copy = tamper.read("gcs", key("gcs", file));
    String another = CopyId.random().value();
    Map<String, String> metadata = new HashMap<>(copy.stat().metadata());
    metadata.put("mdcopy", another);
    String twice = PhysicalKey.of(file, another);
    tamper.write("gcs", twice, copy.body(), metadata);
    tamper.write("gcs", "saved-aside", copy.body(), copy.stat().metadata());
    await("it is old enough to count, and seen twice")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              pass("light");
              return finding(twice) != null && finding(twice).getInteger("sightings") > 1;
            });
    assertThat(finding(twice).getString("kind")).isEqualTo("duplicate");
    assertThat(finding("saved-aside").getString("kind")).isEqualTo("duplicate");
    assertThat(resolveStatus(finding("saved-aside"), "delete")).isEqualTo(422);
    assertThat(resolve(finding("saved-aside"), "ignore").getString("state")).isEqualTo("ignored");
    assertThat(resolve(finding(twice), "delete").getString("state")).isEqualTo("gone");
    await("the collector deletes it")
        .atMost(Duration.ofMinutes(1))
        .until(() -> system.witness().look().garbage().isEmpty());
    assertThat(tamper.read("gcs", key("gcs", file)).body()).isEqualTo(copy.body());
    assertThat(tamper.read("gcs", "saved-aside").body()).isEqualTo(copy.body());
  }

  @Test
  void whatSomebodyWroteBecomesTheContentWhereAPersonSaysSo() {
    String many = "never/many";
    String only = "never/only";
    store(many, 56);
    assertThat(api.upload(only, Contents.bytes(SIZE, 57)).status()).isEqualTo(201);
    tamper.write("azure", key("azure", many), Buffer.buffer("what was written"), Map.of());
    tamper.write("s3", key("s3", only), Buffer.buffer("the only copy"), Map.of());
    pass("light");
    for (String file : List.of(many, only)) {
      JsonObject conflict = finding(file.equals(many) ? "azure" : "s3", file);
      assertThat(conflict.getString("state")).isEqualTo("conflict");
      assertThat(resolve(conflict, "store").getString("state")).isEqualTo("gone");
      assertThat(resolveStatus(conflict, "store")).isEqualTo(409);
    }
    assertThat(api.download(many).body()).asString().isEqualTo("what was written");
    assertThat(api.download(only).body()).asString().isEqualTo("the only copy");
    await("the former copies are collected")
        .atMost(Duration.ofMinutes(1))
        .until(() -> system.witness().look().garbage().isEmpty());
    pass("deep");
    for (Object one : findings()) {
      JsonObject finding = (JsonObject) one;
      if (List.of(many, only).contains(finding.getString("file_id"))) {
        assertThat(finding.getString("state")).as(finding.encode()).isEqualTo("gone");
      }
    }
    assertThat(api.download(many).body()).asString().isEqualTo("what was written");
  }

  @Test
  void theLastCopyIsNeverTouched() {
    assertThat(api.upload("single", Contents.bytes(SIZE, 77)).status()).isEqualTo(201);
    tamper.flipByte("s3", key("s3", "single"));
    pass("deep");
    await("it is known that it cannot be repaired")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertThat(finding("s3", "single").getString("state")).isEqualTo("unrepairable"));
    assertThat(verifiedAt("single")).containsExactly("s3");
    assertThat(tamper.read("s3", key("s3", "single")).body().length()).isPositive();
    assertThat(
            api.call(
                    "DELETE",
                    Api.content("single"),
                    java.net.http.HttpRequest.BodyPublishers.noBody())
                .status())
        .isEqualTo(204);
  }

  private static int seed(String at, String name) {
    return Math.floorMod((at + name).hashCode(), 100_000);
  }

  private static void store(String fileId, int seed) {
    assertThat(api.upload(fileId, Contents.bytes(SIZE, seed)).status()).isIn(200, 201);
    JsonObject targets = new JsonObject().put("targets", new JsonArray().add("azure").add("gcs"));
    assertThat(api.post("/replicas/" + Api.encode(fileId), targets).status()).isEqualTo(200);
  }

  private static String key(String location, String fileId) {
    return system.witness().look().files().stream()
        .filter(file -> file.id().equals(fileId))
        .flatMap(file -> file.replicas().stream())
        .filter(replica -> replica.location().equals(location))
        .findFirst()
        .orElseThrow()
        .key();
  }

  private static List<String> verifiedAt(String fileId) {
    return system.witness().look().files().stream()
        .filter(file -> file.id().equals(fileId))
        .flatMap(file -> file.replicas().stream())
        .filter(replica -> replica.verified())
        .map(replica -> replica.location())
        .toList();
  }

  private static void pass(String kind) {
    JsonObject wanted = new JsonObject().put("kind", kind);
    await("a pass may begin")
        .atMost(Duration.ofMinutes(1))
        .until(() -> api.post("/consistency/passes", wanted).status() == 202);
    await("the pass ends")
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> api.get("/consistency/passes/current").json().getString("finished_at") != null);
  }

  private static JsonArray findings() {
    return api.get("/consistency/findings?limit=1000").array();
  }

  private static JsonObject finding(String key) {
    return findings().stream()
        .map(JsonObject.class::cast)
        .filter(f -> key.equals(f.getString("key")))
        .findFirst()
        .orElse(null);
  }

  private static JsonObject finding(String at, String fileId) {
    return findings().stream()
        .map(JsonObject.class::cast)
        .filter(f -> at.equals(f.getString("location")) && fileId.equals(f.getString("file_id")))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> kinds(String at) {
    return each(at, "kind");
  }

  private static Map<String, String> states(String at) {
    return each(at, "state");
  }

  /** Of findings on the files of a location's test there; others would be false alarms. */
  private static Map<String, String> each(String at, String field) {
    Map<String, String> all = new TreeMap<>();
    for (Object one : findings()) {
      JsonObject finding = (JsonObject) one;
      String fileId = String.valueOf(finding.getString("file_id"));
      if (at.equals(finding.getString("location")) && !fileId.matches("single|never.*|null")) {
        all.put(fileId.replaceFirst("^" + at + "/", ""), finding.getString(field));
      }
    }
    return all;
  }

  private static JsonObject resolve(JsonObject finding, String choice) {
    return api.post(
            "/consistency/conflicts/" + finding.getString("id") + "/resolve",
            new JsonObject().put("choice", choice))
        .json();
  }

  private static int resolveStatus(JsonObject finding, String choice) {
    return api.post(
            "/consistency/conflicts/" + finding.getString("id") + "/resolve",
            new JsonObject().put("choice", choice))
        .status();
  }
}
