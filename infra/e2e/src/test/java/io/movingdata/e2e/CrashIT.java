package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.judge.Outcome;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.movingdata.e2e.harness.ClientHistory;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Nodes that are killed in the middle of a bulk move: nothing is lost, everything ends. */
class CrashIT {
  private static final int FILES = 60;

  private final ClientHistory clients = new ClientHistory();

  @Test
  void aNodeKilledDuringABulkMoveGoesOnWhenItIsStartedAgain() {
    try (LocalSystem system = system("crash")) {
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
  void twoNodesShareTheWorkAndOneFinishesWhenTheOtherIsKilled() {
    try (LocalSystem system = system("pair")) {
      NodeProcess first = system.clustered("a");
      NodeProcess second = system.clustered("b");
      upload(first.api());
      String job = moveAll(first.api(), "gcs");
      awaitDone(first);
      awaitDone(second);
      awaitSomeMoved(second.api(), "gcs");
      first.kill9();
      awaitJob(second.api(), job);
      judge(system, second.api(), "gcs");
    }
  }

  /** What a kill leaves half done is found after twenty seconds instead of an hour. */
  private static LocalSystem system(String name) {
    return LocalSystem.create(name).with("COLLECT_STALE_MS", "20000").observed();
  }

  private void upload(Api api) {
    assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
    for (int i = 0; i < FILES; i++) {
      int size = i % 10 == 0 ? 20_000_000 : 1000 * (i + 1);
      String id = "crash/file-" + i;
      Outcome stored = clients.write(api, id, Contents.bytes(size, i), null);
      assertThat(stored).isEqualTo(Outcome.OK);
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

  private static void awaitDone(NodeProcess node) {
    await("a move is done on node " + node.name())
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> node.log().contains(": DONE ("));
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

  private void judge(LocalSystem system, Api api, String target) {
    await("every file is there")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(at(api, target)).isEqualTo(FILES));
    clients.operations().forEach(written -> clients.read(api, written.fileId()));
    system.witness().awaitRest(Duration.ofMinutes(2));
    assertThat(system.witness().verdict(clients.operations())).isEmpty();
  }
}
