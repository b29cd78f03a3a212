package io.movingdata.stack.azurite;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.stack.StackProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installation with an npm of the test's own, so that nothing is downloaded. */
class AzuriteInstallIT {

  private static final String INSTALLING_NPM =
      "echo run >> runs; sleep 0.5; rm -rf node_modules; mkdir node_modules; echo added";

  @TempDir Path temp;
  private Path folder;
  private Path tools;

  @BeforeEach
  void prepare() throws Exception {
    folder = Files.createDirectory(temp.resolve("azurite"));
    tools = Files.createDirectory(temp.resolve("tools"));
    Files.writeString(folder.resolve("package-lock.json"), "{\"version\":1}");
    tool("node", "echo v20.1.0");
  }

  @Test
  void concurrentFirstUsesInstallOnce() throws Exception {
    tool("npm", INSTALLING_NPM);
    List<Process> uses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      uses.add(launch());
    }
    for (Process use : uses) {
      assertThat(use.waitFor()).as(output(use)).isZero();
    }
    assertThat(folder.resolve("runs")).hasContent("run");
    assertThat(install()).isEmpty();
    assertThat(folder.resolve("runs")).hasContent("run");
  }

  @Test
  void anotherLockFileInstallsAgain() throws Exception {
    tool("npm", INSTALLING_NPM);
    assertThat(install()).contains("Installing Azurite with npm into " + folder, "is installed");
    Files.writeString(folder.resolve("package-lock.json"), "{\"version\":2}");
    install();
    assertThat(folder.resolve("runs")).hasContent("run\nrun");
  }

  @Test
  void anInstallationThatBrokeOffIsMadeAgain() throws Exception {
    tool("npm", "mkdir -p node_modules/half; echo network is down >&2; exit 1");
    assertThat(install()).contains("npm ci", "is the npm registry reachable?", "network is down");
    tool("npm", INSTALLING_NPM);
    assertThat(install()).contains("is installed");
    assertThat(folder.resolve("node_modules/half")).doesNotExist();
  }

  @Test
  void stoppingTheStackStopsAnInstallationUnderWay() throws Exception {
    tool("npm", "echo $$ > started; exec sleep 300");
    String[] arguments = {"azurite", "--azurite-dir", folder.toString()};
    try (StackProcess stack =
        StackProcess.launch(tools.toString(), temp.resolve("data"), arguments)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Files.exists(folder.resolve("started")));
      List<ProcessHandle> children = stack.children().toList();
      assertThat(children).isNotEmpty();
      stack.stop();
      // One that was ended is there until the system has cleared it away.
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void whatIsMissingIsNamedWithItsRemedy() throws Exception {
    assertThat(install()).contains("npm cannot be run; install it");
    tool("node", "echo v14.0.0");
    assertThat(install()).contains("needs Node.js 18 or newer, but node is v14.0.0");
    Files.delete(tools.resolve("node"));
    assertThat(install()).contains("node cannot be run; install it");
    Files.delete(folder.resolve("package-lock.json"));
    assertThat(install()).contains("no package-lock.json in " + folder, "--azurite-dir");
  }

  private void tool(String name, String script) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String install() throws Exception {
    Process process = launch();
    String output = output(process);
    process.waitFor();
    return output;
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            "target/classes",
            AzuriteInstall.class.getName(),
            folder.toString());
    builder.environment().put("PATH", tools.toString());
    return builder.redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
