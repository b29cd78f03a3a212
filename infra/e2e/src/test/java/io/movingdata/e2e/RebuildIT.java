package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.PhysicalKey;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LauncherRun;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The catalog is lost, and made anew from what lies in the stores. */
class RebuildIT {
  private static final int LARGE = 24_000_000; // three frames
  private static final List<String> NAMES =
      List.of(
          "plain.txt",
          "empty",
          "large.bin",
          "replicated",
          "folder/deep//double slash",
          "Ünïcode 文件 🙂",
          "case",
          "CASE",
          "%2F+ percent",
          "../dots");

  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private LocalSystem system;

  private LauncherRun rebuild(String... options) {
    return run("rebuild", Map.of(), options);
  }

  private LauncherRun run(String command, Map<String, String> changes, String... options) {
    Map<String, String> settings = new HashMap<>(system.settings());
    settings.putAll(changes);
    String[] words = new String[options.length + 1];
    words[0] = command;
    System.arraycopy(options, 0, words, 1, options.length);
    return LauncherRun.of(settings, words);
  }

  private void fill(Api api) {
    String[] locations = {"s3", "azure", "gcs"};
    for (int i = 0; i < NAMES.size(); i++) {
      String name = NAMES.get(i);
      int size = name.equals("empty") ? 0 : name.equals("large.bin") ? LARGE : 2_000 + i;
      contents.put(name, Contents.bytes(size, i));
      String path = Api.content(name) + "?location=" + locations[i % 3];
      BodyPublisher body = BodyPublishers.ofByteArray(contents.get(name));
      assertThat(api.call("PUT", path, body).status()).as(name).isEqualTo(201);
    }
    replicate(api, "large.bin", "s3", "azure");
    replicate(api, "replicated", "azure", "gcs");
    system.witness().awaitRest(Duration.ofMinutes(2));
  }

  private static void replicate(Api api, String file, String... targets) {
    JsonObject body = new JsonObject().put("targets", new JsonArray(List.of((Object[]) targets)));
    assertThat(api.post("/replicas/" + file, body).status()).isLessThan(300);
  }

  /** One copy is damaged, one is under a wrong name, and somebody left a file. */
  private void disturb() throws IOException {
    Path copy =
        system.storedAt("s3").stream()
            .filter(file -> file.getFileName().toString().startsWith("replicated."))
            .findFirst()
            .orElseThrow();
    Files.copy(
        copy,
        copy.resolveSibling(PhysicalKey.of("other", "f".repeat(32))),
        StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(copy.resolveSibling("stranger.txt"), "not ours");
    byte[] bytes = Files.readAllBytes(copy);
    bytes[bytes.length / 2] ^= 1;
    Files.write(copy, bytes);
  }

  private static List<String> reasons(JsonObject report) {
    return report.getJsonArray("left_out").stream()
        .map(one -> ((JsonObject) one).getString("reason"))
        .sorted()
        .toList();
  }

  @Test
  void everyFileIsReadableAgain() throws IOException {
    try (LocalSystem started = LocalSystem.create("rebuild")) {
      system = started;
      NodeProcess node = system.node("a");
      assertThat(node.api().post("/seed", new JsonObject()).status()).isEqualTo(200);
      fill(node.api());
      JsonArray before = node.api().get("/files?limit=1000").array();
      node.terminate();

      LauncherRun occupied = rebuild();
      assertThat(occupied.exitCode()).isEqualTo(2);
      assertThat(occupied.err()).contains("is not empty").contains("MONGO_DATABASE");
      system.dropCatalog();
      LauncherRun away = run("rebuild", Map.of("S3_ENDPOINT", "http://127.0.0.1:9"));
      assertThat(away.exitCode()).isEqualTo(2);
      assertThat(away.err()).contains("s3: ").contains("proves nothing");

      LauncherRun dry = rebuild("--dry-run", "--json");
      assertThat(dry.exitCode()).as(dry.err()).isZero();
      assertThat(new JsonObject(dry.out()).getLong("files")).isEqualTo(before.size());
      assertThat(rebuild("--dry-run").exitCode()).as("nothing was written").isZero();

      disturb();
      LauncherRun rebuilt = rebuild("--json");
      assertThat(rebuilt.exitCode()).as(rebuilt.err()).isEqualTo(1);
      JsonObject report = new JsonObject(rebuilt.out());
      assertThat(reasons(report)).containsExactly("foreign", "misnamed", "unreadable");
      assertThat(report.getLong("files")).isEqualTo(before.size());
      assertThat(report.getLong("copies")).isEqualTo(before.size() + 3);
      assertThat(rebuild().exitCode()).as("the catalog is not empty any more").isEqualTo(2);

      Api again = system.node("b").api();
      contents.forEach(
          (name, content) -> assertThat(again.download(name).body()).as(name).isEqualTo(content));
      JsonArray after = again.get("/files?limit=1000").array();
      assertThat(after).hasSameSizeAs(before);
      for (int i = 0; i < before.size(); i++) {
        JsonObject was = before.getJsonObject(i);
        JsonObject is = again.file(was.getString("id"));
        assertThat(is.getLong("size_bytes")).isEqualTo(was.getLong("size_bytes"));
      }
      assertThat(again.file("large.bin").getString("current_location")).isEqualTo("s3");
      assertThat(again.move("large.bin", "gcs").status()).isEqualTo(200);
      assertThat(again.download("large.bin").body()).isEqualTo(contents.get("large.bin"));
      system.witness().awaitRest(Duration.ofMinutes(2));
      LauncherRun audit = run("audit", Map.of(), "--grace", "0");
      assertThat(audit.lines())
          .as("only what was put there by hand")
          .allMatch(line -> line.startsWith("ORPHAN s3/") || line.startsWith("audit: "));
    }
  }
}
