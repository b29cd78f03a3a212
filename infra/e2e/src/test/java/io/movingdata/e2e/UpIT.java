package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.harness.Api;
import io.movingdata.testkit.process.RepositoryRoot;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one command of the README, run as its readers run it. */
class UpIT {
  @TempDir Path data;
  private Process up;

  private Path start(int portBase) throws IOException {
    Path output = data.resolve("up.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                RepositoryRoot.find().resolve("infra/up").toString(),
                "--port-base",
                Integer.toString(portBase),
                "--data",
                data.resolve("data").toString()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    up = builder.start();
    return output;
  }

  @AfterEach
  void stop() {
    if (up != null && up.isAlive()) {
      up.descendants().forEach(ProcessHandle::destroyForcibly);
      up.destroyForcibly();
    }
  }

  private void awaitRunning(Path output) {
    await("infra/up says that it is running")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .failFast(
            () -> {
              if (!up.isAlive()) {
                throw new AssertionError(Files.readString(output));
              }
            })
        .until(() -> Files.readString(output).contains("MovingData is running"));
  }

  @Test
  void startsSeedsServesAndLeavesNothingRunning() throws Exception {
    int base = freeBase();
    awaitRunning(start(base));
    Api api = new Api(URI.create("http://127.0.0.1:" + base));
    assertThat(api.get("/").body()).contains("MovingData");
    await("the node has seen its new buckets")
        .atMost(Duration.ofMinutes(1))
        .until(() -> api.get("/health/ready").status() == 200);
    assertThat(api.get("/files?limit=1").header("X-Total-Count")).isEqualTo("24");
    assertThat(api.move("file_001.txt", "gcs").status()).isEqualTo(200);
    interrupt();

    awaitRunning(start(base));
    assertThat(api.file("file_001.txt").getString("current_location"))
        .as("data survives a restart")
        .isEqualTo("gcs");
    assertThat(api.download("file_001.txt").body())
        .isEqualTo(Files.readAllBytes(RepositoryRoot.find().resolve("seeds/file_001.txt")));
    interrupt();
  }

  @Test
  void aTakenPortIsSaidPlainlyAndNothingIsLeftRunning() throws Exception {
    int base = freeBase();
    try (ServerSocket taken = new ServerSocket(base + 1)) {
      Path output = start(base);
      assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(up.exitValue()).isNotZero();
      assertThat(Files.readString(output)).contains(Integer.toString(taken.getLocalPort()));
      assertThat(up.descendants()).isEmpty();
    }
  }

  private void interrupt() throws InterruptedException {
    List<ProcessHandle> children = up.descendants().toList();
    assertThat(children).isNotEmpty();
    up.destroy();
    assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
    await("what it started has ended")
        .atMost(Duration.ofMinutes(1))
        .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** A port with four free ones behind it. */
  private static int freeBase() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      int base = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      if (allFree(base)) {
        return base;
      }
    }
    throw new IOException("no five free ports in a row");
  }

  private static boolean allFree(int base) {
    for (int port = base; port < base + 5; port++) {
      try (ServerSocket probe = new ServerSocket(port)) {
        probe.setReuseAddress(true);
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
