package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.macasaet.fernet.Key;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moves that are stopped, get stuck and go on; copies beside the primary; deletions. */
class MovesIT {
  private LocalSystem system;
  private NodeProcess node;
  private Api api;

  @BeforeEach
  void start() {
    system = LocalSystem.create("moves").optimised().with("MOVER_MAX_ATTEMPTS", "2");
    use(system.node("a"));
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
  }

  @AfterEach
  void stop() {
    system.close();
  }

  private void use(NodeProcess started) {
    node = started;
    api = node.api();
  }

  private byte[] upload(String id, int size) {
    byte[] content = Contents.bytes(size, size);
    assertThat(api.upload(id, content).status()).isEqualTo(201);
    return content;
  }

  private String startMove(String id, String target) {
    JsonObject request = new JsonObject().put("file_id", id).put("target", target);
    Answer started = api.post("/move", request, "Prefer", "respond-async");
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    return started.header("Location");
  }

  private void awaitState(String move, String state) {
    await(move + " is " + state)
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> api.get(move).json().getString("state").equals(state));
  }

  @Test
  void aCancelledMoveLeavesTheFileAsItWas() {
    byte[] content = upload("cancelled.bin", 100_000_000);
    String move = startMove("cancelled.bin", "gcs");
    await("bytes are on their way")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> api.get(move).json().getString("state").equals("copying"));
    Answer cancelled = api.post(move + "/cancel", new JsonObject());
    assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(200);
    awaitState(move, "aborted");
    assertThat(api.file("cancelled.bin").getString("current_location")).isEqualTo("s3");
    assertThat(api.download("cancelled.bin").body()).isEqualTo(content);
    assertThat(api.post(move + "/cancel", new JsonObject()).status()).isEqualTo(409);
    assertThat(api.move("cancelled.bin", "azure").status()).as("it can move again").isEqualTo(200);
  }

  @Test
  void aMoveWithoutItsKeyIsStuckUntilTheKeyIsBack() {
    String old = Key.generateKey().serialise();
    String fresh = Key.generateKey().serialise();
    node.close();
    use(system.with("S3_ENCRYPTION_KEY", old).node("old-key"));
    byte[] content = upload("key.bin", 50_000);
    assertThat(node.terminate()).isZero();

    use(system.with("S3_ENCRYPTION_KEY", fresh).node("new-key"));
    String move = startMove("key.bin", "azure");
    awaitState(move, "stuck");
    JsonArray stuck = api.get("/moves?state=stuck").array();
    assertThat(stuck.getJsonObject(0).getString("file_id")).isEqualTo("key.bin");
    assertThat(stuck.getJsonObject(0).getString("error")).startsWith("key-missing");
    assertThat(node.log()).doesNotContain(old).doesNotContain(fresh);
    assertThat(node.terminate()).isZero();

    use(system.with("S3_ENCRYPTION_KEY", fresh + "," + old).node("both-keys"));
    assertThat(api.post(move + "/retry", new JsonObject()).status()).isEqualTo(200);
    awaitState(move, "done");
    assertThat(api.download("key.bin").body()).isEqualTo(content);
  }

  @Test
  void aDamagedSourceIsNeverCopiedNorDeleted() throws IOException {
    upload("damaged.bin", 40_000);
    String key = api.file("damaged.bin").getJsonArray("replicas").getJsonObject(0).getString("key");
    Path stored =
        system.storedAt("s3").stream()
            .filter(file -> file.getFileName().toString().equals(key))
            .findFirst()
            .orElseThrow();
    try (RandomAccessFile file = new RandomAccessFile(stored.toFile(), "rw")) {
      file.seek(20_000);
      int before = file.read();
      file.seek(20_000);
      file.write(before == 'A' ? 'B' : 'A');
    }
    String move = startMove("damaged.bin", "azure");
    awaitState(move, "stuck");
    assertThat(api.get(move).json().getString("error")).startsWith("corrupt-object");

    assertThat(api.post(move + "/retry", new JsonObject()).status()).isEqualTo(200);
    awaitState(move, "stuck");
    assertThat(api.get(move).json().getString("error"))
        .as("what the try before gave up says nothing of the source")
        .startsWith("corrupt-object");
    assertThat(api.file("damaged.bin").getString("current_location")).isEqualTo("s3");
    assertThat(api.download("damaged.bin").statusCode()).isEqualTo(502);
    assertThat(stored).exists();
  }

  @Test
  void copiesComeAndGoButNeverTheLast() {
    byte[] content = upload("copies.bin", 100_000);
    JsonObject both = new JsonObject().put("targets", new JsonArray().add("azure").add("gcs"));
    Answer copied = api.post("/replicas/copies.bin", both, "Prefer", "wait=60");
    assertThat(copied.status()).as(copied.body()).isEqualTo(200);
    assertThat(api.file("copies.bin").getJsonArray("replicas")).hasSize(3);
    assertThat(api.move("copies.bin", "gcs").json().getBoolean("moved")).isTrue();
    assertThat(api.file("copies.bin").getJsonArray("replicas"))
        .as("the copy was promoted, the old primary left")
        .hasSize(2);
    assertThat(delete("/replicas/copies.bin/gcs")).as("the primary").isEqualTo(422);
    assertThat(delete("/replicas/copies.bin/azure")).isIn(200, 204);
    assertThat(delete("/replicas/copies.bin/gcs")).as("the last").isEqualTo(422);
    assertThat(api.download("copies.bin").body()).isEqualTo(content);
  }

  private int delete(String path) {
    return api.call("DELETE", path, BodyPublishers.noBody()).status();
  }

  @Test
  void whatIsOverwrittenOrDeletedIsCollected() {
    int seeds = system.storedAt("s3").size();
    upload("gone.bin", 1_000);
    byte[] content = Contents.bytes(2_000, 9);
    assertThat(api.upload("gone.bin", content).status()).isEqualTo(200);
    await("the old content is collected")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(system.storedAt("s3")).hasSize(seeds + 1));
    assertThat(api.download("gone.bin").body()).isEqualTo(content);
    assertThat(delete(Api.content("gone.bin"))).isEqualTo(204);
    assertThat(api.download("gone.bin").statusCode()).isEqualTo(404);
    await("every copy is collected")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(system.storedAt("s3")).hasSize(seeds));
    upload("gone.bin", 500);
    assertThat(api.file("gone.bin").getInteger("size_bytes")).isEqualTo(500);
  }

  @Test
  void aBulkMoveCanBeCancelled() {
    for (int i = 0; i < 30; i++) {
      upload("bulk/" + i, 2_000_000 + i);
    }
    JsonObject request =
        new JsonObject()
            .put("selector", new JsonObject().put("prefix", "bulk/"))
            .put("target", "azure");
    Answer started = api.post("/moves", request);
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    String job = started.header("Location");
    assertThat(api.post(job + "/cancel", new JsonObject()).status()).isEqualTo(200);
    await("the job ends")
        .atMost(Duration.ofMinutes(1))
        .until(() -> api.get(job).json().getString("state").equals("cancelled"));
    for (int i = 0; i < 30; i++) {
      assertThat(api.download("bulk/" + i).body()).hasSize(2_000_000 + i);
    }
  }

  @Test
  void anEmptySelectorMovesNothing() {
    JsonObject request = new JsonObject().put("selector", new JsonObject()).put("target", "azure");
    assertThat(api.post("/moves", request).status()).isEqualTo(400);
  }
}
