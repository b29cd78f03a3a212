package io.movingdata.e2e;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.model.PhysicalKey;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LauncherRun;
import io.movingdata.e2e.harness.LocalSystem;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The auditor finds nothing wrong with a healthy system, and names what is done to its objects. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditIT {
  private static final int LARGE = 12_000_000;
  private static final String NOBODY = "http://127.0.0.1:9";

  private LocalSystem system;
  private Api api;

  @BeforeAll
  void start() {
    system = LocalSystem.create("audit");
    api = system.node("a").api();
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
    for (String file : List.of("gone", "flipped", "kept/Ünïcode 文件", "two")) {
      int status = api.uploadTo("s3", file, () -> Contents.stream(3_000, 1), 3_000).status();
      assertThat(status).isEqualTo(201);
    }
    assertThat(api.upload("large", Contents.bytes(LARGE, 1)).status()).isEqualTo(201);
    assertThat(api.move("large", "gcs").status()).isEqualTo(200);
    JsonObject targets = new JsonObject().put("targets", new JsonArray().add("gcs").add("azure"));
    assertThat(api.post("/replicas/two", targets).status()).isLessThan(300);
    system.witness().awaitRest(Duration.ofMinutes(2));
  }

  @AfterAll
  void stop() {
    system.close();
  }

  private LauncherRun audit(Map<String, String> changes, String... options) {
    Map<String, String> settings = new HashMap<>(system.settings());
    settings.putAll(changes);
    String[] words = new String[options.length + 1];
    words[0] = "audit";
    System.arraycopy(options, 0, words, 1, options.length);
    return LauncherRun.of(settings, words);
  }

  /** The file of an object in the folder of the S3 server. */
  private Path stored(String fileId) {
    return system.storedAt("s3").stream()
        .filter(file -> file.getFileName().toString().startsWith(prefix(fileId)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(fileId + " in " + system.storedAt("s3")));
  }

  private static String prefix(String fileId) {
    return PhysicalKey.of(fileId, "0".repeat(32)).replaceAll("0{32}$", "");
  }

  private void deleteAtGcs(String fileId) {
    Api gcs = new Api(system.endpoint("gcs"));
    String objects = "/storage/v1/b/" + system.bucket("gcs") + "/o";
    JsonArray found = gcs.get(objects + "?prefix=" + prefix(fileId)).json().getJsonArray("items");
    assertThat(found).hasSize(1);
    String name = found.getJsonObject(0).getString("name");
    assertThat(gcs.call("DELETE", objects + "/" + name, BodyPublishers.noBody()).status())
        .isEqualTo(204);
  }

  @Test
  void aHealthySystemIsFoundSoAndDamageIsNamed() throws IOException {
    LauncherRun healthy = audit(Map.of());
    assertThat(healthy.out()).as(healthy.err()).contains(" 0 violations");
    assertThat(healthy.exitCode()).isZero();
    LauncherRun light = audit(Map.of(), "--light", "--json");
    JsonObject report = new JsonObject(light.out());
    assertThat(light.exitCode()).isZero();
    assertThat(report.getLong("bytes_read")).isZero();
    assertThat(report.getJsonArray("violations")).isEmpty();
    assertThat(report.getLong("copies")).isEqualTo(report.getLong("files") + 2);

    String gone = stored("gone").getFileName().toString();
    Files.delete(stored("gone"));
    flip(stored("flipped"));
    Path orphan = stored("kept/Ünïcode 文件");
    String strange = PhysicalKey.of("orphan", "f".repeat(32));
    Files.copy(orphan, orphan.resolveSibling(strange), StandardCopyOption.COPY_ATTRIBUTES);
    deleteAtGcs("two");

    LauncherRun damaged = audit(Map.of(), "--grace", "0");
    assertThat(damaged.exitCode()).as(damaged.err()).isEqualTo(1);
    assertThat(damaged.lines())
        .hasSize(5)
        .anyMatch(line -> line.startsWith("DURABILITY gone: ") && line.contains(gone))
        .anyMatch(line -> line.startsWith("DURABILITY flipped: ") && line.contains("read"))
        .anyMatch(line -> line.startsWith("REPLICA two: ") && line.contains("gcs/"))
        .anyMatch(line -> line.startsWith("ORPHAN s3/" + strange))
        .last()
        .asString()
        .endsWith(" 4 violations");

    assertThat(audit(Map.of(), "--light", "--grace", "0").lines())
        .as("what only reading shows")
        .hasSize(4)
        .noneMatch(line -> line.contains("flipped"));
    LauncherRun elsewhere = audit(Map.of(), "--location", "gcs", "--grace", "0");
    assertThat(elsewhere.lines()).hasSize(2).first().asString().startsWith("REPLICA two: ");

    LauncherRun unknown = audit(Map.of("GCS_ENDPOINT", NOBODY), "--grace", "0");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.lines())
        .anyMatch(line -> line.startsWith("gcs could not be looked at, which proves nothing"))
        .anyMatch(line -> line.startsWith("DURABILITY gone: "))
        .noneMatch(line -> line.startsWith("REPLICA two"));
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = bytes.length / 2;
    bytes[at] = (byte) (bytes[at] == 'A' ? 'B' : 'A');
    Files.write(file, bytes);
  }

  @Test
  void whatCannotBeLookedAtProvesNothing() {
    LauncherRun store = audit(Map.of("MONGO_URL", "mongodb://127.0.0.1:9"));
    assertThat(store.exitCode()).isEqualTo(2);
    assertThat(store.err()).contains("the metadata store").contains("proves nothing");
    assertThat(store.out()).isEmpty();
    assertThat(audit(Map.of(), "--location", "moon").exitCode()).isEqualTo(2);
    LauncherRun wrong = audit(Map.of(), "--deep");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("--deep").contains("usage: audit");
  }

  @Test
  void nothingIsWritten() {
    String database = "unused-" + system.id();
    LauncherRun run = audit(Map.of("MONGO_DATABASE", database), "--light", "--grace", "0");
    assertThat(run.out()).contains("ORPHAN").contains("audit (light): 0 files");
    Vertx vertx = Vertx.vertx();
    MongoClient mongo =
        MongoClient.create(
            vertx,
            new JsonObject()
                .put("connection_string", system.settings().get("MONGO_URL"))
                .put("db_name", database));
    assertThat(outcome(mongo.getCollections())).isEmpty();
    outcome(mongo.close());
    outcome(vertx.close());
  }
}
