package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.movingdata.testkit.mirror.ReferenceMirror;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two mirrors, one of them away for a while, and a node that is killed meanwhile. */
class MirrorsIT {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String SECRET = "quite-secret-token";

  private static LocalSystem system;
  private static NodeProcess node;
  private static ReferenceMirror one;
  private static ReferenceMirror two;

  @BeforeAll
  static void start() {
    one = ReferenceMirror.start(MirrorsIT::content);
    two = ReferenceMirror.start(MirrorsIT::content);
    JsonArray endpoints =
        new JsonArray()
            .add(
                new JsonObject()
                    .put("name", "one")
                    .put("url", one.url() + "?token=" + SECRET)
                    .put("get_url", one.getUrl().toString()))
            .add(new JsonObject().put("name", "two").put("url", two.url().toString()));
    system =
        LocalSystem.create("mirrors")
            .with("CONSISTENCY_POLL_MS", "300")
            .with("REPLICA_ENDPOINTS", endpoints.encode())
            .with("REPLICA_ALLOW_PRIVATE", "1")
            .with("REPLICA_SWEEP_MS", "600000")
            .with("REPLICA_COMPARE_MS", "2000");
    node = system.node("a");
    assertThat(node.api().post("/seed", new JsonObject()).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    system.close();
    one.close();
    two.close();
  }

  /** As a mirror would fetch it, with whatever node there is. */
  private static String content(String file) {
    HttpResponse<byte[]> read = node.api().download(file);
    return read.statusCode() == 200 ? sha256(read.body()) : null;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void upload(String file, String content) {
    assertThat(node.api().upload(file, text(content)).status()).isIn(200, 201);
  }

  private static void delete(String file) {
    int status = node.api().call("DELETE", Api.content(file), BodyPublishers.noBody()).status();
    assertThat(status).isEqualTo(204);
  }

  /** Versions of all files that there are. */
  private static Map<String, Long> versions() {
    Map<String, Long> versions = new TreeMap<>();
    for (Object file : node.api().get("/files?limit=1000").array()) {
      versions.put(((JsonObject) file).getString("id"), ((JsonObject) file).getLong("version"));
    }
    return versions;
  }

  private static Map<String, Long> held(ReferenceMirror mirror) {
    Map<String, Long> versions = new TreeMap<>();
    mirror
        .files()
        .forEach(
            (file, entry) -> {
              if (!entry.deleted()) {
                versions.put(file, entry.version());
              }
            });
    return versions;
  }

  private static void awaitAll(ReferenceMirror mirror) {
    await().atMost(SOON).untilAsserted(() -> assertThat(held(mirror)).isEqualTo(versions()));
  }

  @Test
  void everyChangeArrivesAlthoughAMirrorWasAwayAndTheNodeWasKilled() {
    upload("first", "1");
    upload("goes", "1");
    awaitAll(one);
    awaitAll(two);

    two.down();
    upload("first", "2");
    upload("second", "1");
    delete("goes");
    node.api().moveToEnd("file_001.txt", "gcs");
    awaitAll(one);
    assertThat(held(two)).as("it is away").containsKey("goes").doesNotContainKey("second");

    node.kill9();
    node.start();
    upload("third", "1");
    awaitAll(one);
    two.up();
    awaitAll(two);
    assertThat(two.files().get("first").sha256()).isEqualTo(sha256(text("2")));
    assertThat(two.files().get("goes").deleted()).isTrue();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonArray endpoints =
                  node.api().get("/consistency/status").json().getJsonArray("endpoints");
              assertThat(endpoints).hasSize(2);
              for (Object one : endpoints) {
                assertThat(((JsonObject) one).getString("state")).isEqualTo("ok");
              }
            });
    assertThat(node.log()).doesNotContain(SECRET);
  }

  @Test
  void everythingIsToldAgainWhenSomebodyAsks() {
    upload("again", "1");
    awaitAll(two);
    two.forget("again");
    JsonObject wanted = new JsonObject().put("endpoints", new JsonArray().add("two"));
    assertThat(node.api().post("/consistency/resync", wanted).status()).isEqualTo(202);
    awaitAll(two);
    wanted.put("endpoints", new JsonArray().add("three"));
    assertThat(node.api().post("/consistency/resync", wanted).status()).isEqualTo(400);
  }

  @Test
  void aMirrorThatLosesAFileIsToldAgain() {
    upload("kept", "1");
    awaitAll(one);
    one.forget("kept");
    await().atMost(SOON).until(() -> one.files().containsKey("kept"));
  }
}
