package io.movingdata.e2e.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.security.FrameLayout;
import io.movingdata.core.security.ObjectLayout;
import io.movingdata.e2e.Contents;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.Api.Answer;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.movingdata.testkit.net.Direction;
import io.movingdata.testkit.net.FaultProxy;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A node is killed in the middle of a large transfer, and another goes on within a frame of where
 * it stopped: what travels to the provider is counted. {@code -Dresume.mb} says how large the
 * object is, in MiB.
 */
class ResumeIT {
  private static final long SIZE = Long.getLong("resume.mb", 40) << 20;
  private static final long STORED = new ObjectLayout(SIZE).storedSize();
  private static final long FRAME = FrameLayout.storedLength(0);

  /** Heads of requests, and questions without a body: so much for each part, bytes. */
  private static final long HEADS = 20_000 * (STORED / FRAME + 4);

  private static final String FILE = "large.bin";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({"gcs,s3", "s3,azure", "azure,gcs"})
  void anotherNodeGoesOnWithinAFrame(String from, String target) throws IOException {
    try (LocalSystem system = LocalSystem.create("resume-" + target);
        Links links = new Links(system)) {
      FaultProxy link = links.to(target);
      NodeProcess first = system.clustered("a", "-Xmx512m");
      NodeProcess second = system.clustered("b", "-Xmx512m");
      assertThat(first.api().post("/seed", new JsonObject()).status()).isEqualTo(200);
      Answer stored =
          first.api().uploadTo(from, FILE, () -> Contents.stream(SIZE, target.hashCode()), SIZE);
      assertThat(stored.status()).as(stored.body()).isEqualTo(201);

      long before = link.passed(Direction.UP);
      String move = startMove(first.api(), target);
      await("the middle of the transfer")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> link.passed(Direction.UP) - before > STORED / 2);
      boolean firstRunsIt = first.log().contains("move " + move);
      NodeProcess owner = firstRunsIt ? first : second;
      NodeProcess other = firstRunsIt ? second : first;
      owner.kill9();
      await("the other node ends the move")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptions()
          .until(() -> state(other.api(), move).equals("done"));
      assertThat(other.log()).contains("move " + move);

      long again = link.passed(Direction.UP) - before - STORED;
      System.out.printf(
          "%d MiB to %s: %d bytes were sent again; a frame has %d%n",
          SIZE >> 20, target, again, FRAME);
      assertThat(again).as("bytes sent again").isLessThan(2 * FRAME + HEADS);
      assertThat(link.passed(Direction.UP) - before).isGreaterThanOrEqualTo(STORED);
      try (InputStream body = other.api().stream(FILE).body()) {
        assertThat(Contents.sha256(body))
            .isEqualTo(Contents.sha256(Contents.stream(SIZE, target.hashCode())));
      }
      assertThat(other.api().file(FILE).getString("current_location")).isEqualTo(target);
    }
  }

  private static String startMove(Api api, String target) {
    JsonObject move = new JsonObject().put("file_id", FILE).put("target", target);
    Answer accepted = api.post("/move", move, "Prefer", "respond-async");
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    return accepted.json().getString("move_id");
  }

  private static String state(Api api, String move) {
    return api.get("/moves/" + move).json().getString("state");
  }
}
