package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.macasaet.fernet.Key;
import io.movingdata.core.crash.CrashPoint;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.movingdata.testkit.crash.CrashSwitch;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys of both ends of a move are rotated while it is under way: the node dies in each state of the
 * move, and the next one has new keys before the old ones.
 */
class KeyRotationIT {
  private static final int SIZE = 13_000_000; // two frames

  private static final List<CrashPoint> STATES =
      List.of(
          CrashPoint.COPY_NAMED,
          CrashPoint.PART_DURABLE,
          CrashPoint.COMPLETED,
          CrashPoint.VERIFIED,
          CrashPoint.SWITCHED);

  private final Deque<String> s3Keys = new ArrayDeque<>();
  private final Deque<String> azureKeys = new ArrayDeque<>();

  @Test
  void whatIsUnderWayIsReadableUnderTheKeyThatItRecorded(@TempDir Path folder) {
    try (LocalSystem system = LocalSystem.create("rotation").withClasses(CrashSwitch.classPath())) {
      CrashSwitch crash = new CrashSwitch(folder);
      rotate();
      NodeProcess node = start(system, crash, "first");
      assertThat(node.api().post("/seed", new JsonObject()).status()).isEqualTo(200);
      Map<String, byte[]> contents = new LinkedHashMap<>();
      for (CrashPoint state : STATES) {
        String id = state.name().toLowerCase(java.util.Locale.ROOT);
        contents.put(id, Contents.bytes(SIZE, contents.size()));
        Answer stored = node.api().upload(id, contents.get(id));
        assertThat(stored.status()).as(stored.body()).isEqualTo(201);
        crash.arm(state, 1);
        String move = startMove(node.api(), id);
        await("the node stops at " + state)
            .atMost(Duration.ofMinutes(1))
            .pollInterval(Duration.ofMillis(20))
            .until(crash::reached);
        node.kill9();
        crash.disarm();
        rotate();
        node = start(system, crash, "after-" + id);
        awaitDone(node.api(), move);
      }
      List<String> keyIds = new ArrayList<>();
      for (Map.Entry<String, byte[]> file : contents.entrySet()) {
        assertThat(node.api().download(file.getKey()).body())
            .as(file.getKey())
            .isEqualTo(file.getValue());
        keyIds.add(keyOf(node.api(), file.getKey()));
      }
      assertThat(keyIds)
          .as("each copy keeps the key that it was begun with")
          .doesNotHaveDuplicates();
      assertThat(node.log()).doesNotContain(s3Keys).doesNotContain(azureKeys);
    }
  }

  private void rotate() {
    s3Keys.addFirst(Key.generateKey().serialise());
    azureKeys.addFirst(Key.generateKey().serialise());
  }

  private NodeProcess start(LocalSystem system, CrashSwitch crash, String name) {
    List<String> options = new ArrayList<>(List.of("-Xmx512m"));
    options.addAll(crash.javaOptions());
    return system
        .with("S3_ENCRYPTION_KEY", String.join(",", s3Keys))
        .with("AZURE_ENCRYPTION_KEY", String.join(",", azureKeys))
        .node(name, options.toArray(String[]::new));
  }

  private static String startMove(Api api, String id) {
    JsonObject request = new JsonObject().put("file_id", id).put("target", "azure");
    Answer started = api.post("/move", request, "Prefer", "respond-async");
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    return started.header("Location");
  }

  private static void awaitDone(Api api, String move) {
    await(move + " is done")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> api.get(move).json().getString("state").equals("done"));
  }

  private static String keyOf(Api api, String id) {
    JsonObject file = api.file(id);
    assertThat(file.getString("current_location")).isEqualTo("azure");
    return file.getJsonArray("replicas").getJsonObject(0).getString("key_id");
  }
}
