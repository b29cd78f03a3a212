package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LauncherRun;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The catalog is backed up beside the objects, lost, and restored; what came later is there too.
 */
class BackupIT {
  private LocalSystem system;

  private LauncherRun run(String... words) {
    return LauncherRun.of(system.settings(), words);
  }

  private static void put(Api api, String file, String location, int seed, String... headers) {
    String path = Api.content(file) + "?location=" + location;
    byte[] content = Contents.bytes(5_000 + seed, seed);
    int status = api.call("PUT", path, BodyPublishers.ofByteArray(content), headers).status();
    assertThat(status).as(file).isBetween(200, 201);
  }

  private static void assertContent(Api api, String file, int seed) {
    assertThat(api.download(file).body()).as(file).isEqualTo(Contents.bytes(5_000 + seed, seed));
  }

  private static JsonObject backup(Api api) {
    Api.Answer started =
        await("the backup before it is tidied up after")
            .atMost(Duration.ofMinutes(1))
            .pollInterval(Duration.ofMillis(200))
            .until(() -> api.post("/backups", new JsonObject()), a -> a.status() != 409);
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    String id = started.json().getString("id");
    await("the backup ends")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> !newest(api).getString("state").equals("running"));
    JsonObject ended = newest(api);
    assertThat(ended.getString("id")).isEqualTo(id);
    assertThat(ended.getString("state")).as(ended.encode()).isEqualTo("verified");
    return ended;
  }

  private static JsonObject newest(Api api) {
    return api.get("/backups").array().getJsonObject(0);
  }

  private void damage(String key) throws IOException {
    Path copy =
        system.storedAt("s3").stream()
            .filter(file -> file.getFileName().toString().equals(key))
            .findFirst()
            .orElseThrow();
    byte[] bytes = Files.readAllBytes(copy);
    bytes[bytes.length / 2] ^= 1;
    Files.write(copy, bytes);
  }

  private static List<String> ids(LauncherRun list) {
    assertThat(list.exitCode()).as(list.err()).isZero();
    return list.lines().stream()
        .map(line -> line.substring(0, line.indexOf(' ')))
        .distinct()
        .toList();
  }

  @Test
  void whatTheBackupSaysAndWhatCameLaterAreBothThere() throws IOException {
    try (LocalSystem started = LocalSystem.create("backup").with("BACKUP_KEEP", "2")) {
      system = started;
      NodeProcess node = system.node("a");
      Api api = node.api();
      assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
      assertThat(ids(run("restore", "--list"))).isEmpty();
      put(api, "kept", "s3", 1, "Content-Type", "text/x-kept", "X-Meta-Colour", "blue");
      put(api, "over", "s3", 2);
      put(api, "moved", "s3", 3, "Content-Type", "text/x-moved");
      put(api, "deleted before", "s3", 4);
      put(api, "deleted after", "azure", 5);
      assertThat(
              api.call("DELETE", Api.content("deleted before"), BodyPublishers.noBody()).status())
          .isLessThan(300);
      JsonObject first = backup(api);
      JsonObject second = backup(api);
      JsonObject third = backup(api);
      assertThat(third.getJsonArray("copies")).hasSize(3);
      assertThat(third.getLong("documents")).isGreaterThan(25);
      await("only as many stay as shall be kept")
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(ids(run("restore", "--list")))
                      .containsExactly(third.getString("id"), second.getString("id"))
                      .doesNotContain(first.getString("id")));

      put(api, "new", "gcs", 6);
      put(api, "over", "azure", 7);
      assertThat(api.move("moved", "gcs").status()).isEqualTo(200);
      assertThat(api.call("DELETE", Api.content("deleted after"), BodyPublishers.noBody()).status())
          .isLessThan(300);
      system.witness().awaitRest(Duration.ofMinutes(2));
      LauncherRun healthy = run("audit", "--grace", "0");
      assertThat(healthy.exitCode()).as("backups are no orphans: " + healthy.out()).isZero();
      node.terminate();
      assertThat(run("restore").exitCode()).as("the catalog is not empty").isEqualTo(2);

      system.dropCatalog();
      damage(third.getJsonArray("copies").getJsonObject(0).getString("key"));
      LauncherRun restored = run("restore");
      assertThat(restored.exitCode()).as(restored.err()).isEqualTo(1);
      assertThat(restored.err()).contains("s3/movingdata-backup.").contains("cannot be read");
      assertThat(restored.lines())
          .anyMatch(line -> line.startsWith("new came after the backup"))
          .anyMatch(line -> line.startsWith("over was overwritten after the backup"))
          .anyMatch(line -> line.startsWith("moved was moved or copied after the backup"))
          .anyMatch(line -> line.startsWith("deleted after was deleted after the backup"))
          .hasSize(5)
          .last()
          .asString()
          .contains("backup " + third.getString("id"));

      Api again = system.node("b").api();
      assertContent(again, "kept", 1);
      assertContent(again, "over", 7);
      assertContent(again, "moved", 3);
      assertContent(again, "new", 6);
      assertThat(again.download("deleted before").statusCode()).isEqualTo(404);
      assertThat(again.download("deleted after").statusCode()).isEqualTo(404);
      HttpResponse<byte[]> kept = again.download("kept");
      assertThat(kept.headers().firstValue("Content-Type")).contains("text/x-kept");
      assertThat(kept.headers().firstValue("X-Meta-Colour")).contains("blue");
      assertThat(again.file("moved").getString("current_location")).isEqualTo("gcs");
      assertThat(again.download("moved").headers().firstValue("Content-Type"))
          .contains("text/x-moved");
      assertThat(again.get("/audit?file_id=kept").array()).isNotEmpty();
      assertThat(again.get("/moves?limit=10").status()).isEqualTo(200);
      system.witness().awaitRest(Duration.ofMinutes(2));
      LauncherRun audit = run("audit", "--grace", "0");
      assertThat(audit.exitCode()).as(audit.out()).isZero();
    }
  }
}
