package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nodes that are killed in the middle of a bulk move: nothing is lost, everything ends. */
class CrashIT {
  private static final int FILES = 60;

  private final Map<String, byte[]> contents = new HashMap<>();

  @Test
  void aNodeKilledDuringABulkMoveGoesOnWhenItIsStartedAgain() throws IOException {
    try (LocalSystem system = LocalSystem.create("crash")) {
      NodeProcess node = system.node("a");
      upload(node.api());
      String job = moveAll(node.api(), "azure");
      awaitSomeMoved(node.api(), "azure");
      node.kill9();
      node.start();
      awaitJob(node.api(), job);
      judge(system, node.api(), "azure");
    }
  }

  @Test
  void twoNodesShareTheWorkAndOneFinishesWhenTheOtherIsKilled() throws IOException {
    try (LocalSystem system = LocalSystem.create("pair")) {
      NodeProcess first = system.clustered("a");
      NodeProcess second = system.clustered("b");
      upload(first.api());
      String job = moveAll(first.api(), "gcs");
      awaitSomeMoved(second.api(), "gcs");
      first.kill9();
      awaitJob(second.api(), job);
      judge(system, second.api(), "gcs");
      assertThat(first.log()).contains("COMMITTED");
      assertThat(second.log()).contains("COMMITTED");
    }
  }

  private void upload(Api api) {
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
    for (int i = 0; i < FILES; i++) {
      int size = i % 10 == 0 ? 20_000_000 : 1000 * (i + 1);
      String id = "crash/file-" + i;
      byte[] content = Contents.bytes(size, i);
      contents.put(id, content);
      Answer answer = api.upload(id, content);
      assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }
  }

  private static String moveAll(Api api, String target) {
    JsonObject request =
        new JsonObject()
            .put("selector", new JsonObject().put("prefix", "crash/"))
            .put("target", target);
    Answer dry = api.post("/moves", request.copy().put("dry_run", true));
    assertThat(dry.status()).as(dry.body()).isEqualTo(200);
    assertThat(dry.json().getInteger("count")).isEqualTo(FILES);
    Answer started = api.post("/moves", request);
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    return started.header("Location");
  }

  private static long at(Api api, String location) {
    return Long.parseLong(
        api.get("/files?limit=1&q=crash&location=" + location).header("X-Total-Count"));
  }

  private static void awaitSomeMoved(Api api, String target) {
    await("some files are moved")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> at(api, target) >= 5);
    assertThat(at(api, target)).as("the kill comes in the middle").isLessThan(FILES);
  }

  private static void awaitJob(Api api, String job) {
    await("the job ends")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptions()
        .until(() -> api.get(job).json().getString("state").equals("done"));
  }

  private void judge(LocalSystem system, Api api, String target) throws IOException {
    await("every file is there")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(at(api, target)).isEqualTo(FILES));
    contents.forEach(
        (id, content) -> assertThat(api.download(id).body()).as(id).isEqualTo(content));
    JsonArray active = api.get("/moves?limit=1000").array();
    assertThat(active.stream().map(m -> ((JsonObject) m).getString("state")))
        .as("every move has ended")
        .allMatch(state -> state.equals("done") || state.equals("aborted"));
    await("garbage is collected: nothing is left at s3 but the seeds")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(storedAtS3(system)).isEqualTo(seeds(api)));
  }

  private static long seeds(Api api) {
    return Long.parseLong(api.get("/files?limit=1&q=file_&location=s3").header("X-Total-Count"));
  }

  private static long storedAtS3(LocalSystem system) throws IOException {
    try (Stream<Path> files = Files.walk(system.stackData())) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> f.toString().contains("/" + system.bucket("s3") + "/"))
          .count();
    }
  }
}
