package io.movingdata.core.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, which is how its exit codes and signals are seen. */
class LauncherIT {
  @TempDir Path folder;
  private Process process;

  private void launch(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Launcher.class.getName(),
            "--conf",
            Path.of("../../conf").toRealPath().toString());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.directory(folder.toFile());
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    process = builder.start();
  }

  @AfterEach
  void endWhatIsLeft() {
    process.destroyForcibly();
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private int exit() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(read("err")).isTrue();
    return process.exitValue();
  }

  @Test
  void aNodeThatIsToldToStopStopsInOrderAndExitsWithZero() throws Exception {
    String cluster = "test-" + UUID.randomUUID();
    launch(
        Map.of(
            "PROFILE", "local",
            "CLUSTER_ENABLED", "1",
            "CLUSTER_PORT", "0",
            "CLUSTER_NAME", cluster));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> read("out").contains("ready ") || !process.isAlive());
    process.destroy();
    assertThat(exit()).as(read("err")).isZero();
    assertThat(read("err")).contains("stopping", "stopped").doesNotContain("ERROR");
    try (var left = Files.list(folder)) {
      assertThat(left)
          .extracting(path -> path.getFileName().toString())
          .containsExactlyInAnyOrder("out", "err");
    }
  }

  @Test
  void aNodeThatCannotStartSaysWhyAndExitsWithOne() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      launch(
          Map.of(
              "PROFILE", "local",
              "CLUSTER_ENABLED", "1",
              "CLUSTER_PORT", Integer.toString(taken.getLocalPort())));
      assertThat(exit()).isEqualTo(1);
    }
    assertThat(read("err")).contains("the node does not start");
    assertThat(read("out")).doesNotContain("ready");
  }

  @Test
  void aConfigurationWithFaultsExitsWithTwoBeforeAnythingIsLogged() throws Exception {
    launch(Map.of("HTTP_PORT", "eighty"));
    assertThat(exit()).isEqualTo(2);
    assertThat(read("err"))
        .startsWith("the configuration has 9 faults:")
        .contains("HTTP_PORT: is \"eighty\"")
        .doesNotContain("INFO");
  }
}
