package io.movingdata.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {

  @TempDir Path data;

  @Test
  void allServersStartTogetherAndStopWithinFiveSeconds() throws Exception {
    try (StackProcess stack = StackProcess.start(data, "all")) {
      for (ServerKind kind : ServerKind.values()) {
        URI endpoint = URI.create(stack.endpoint(kind.word()));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
          assertThat(socket.isConnected()).isTrue();
        }
      }
      List<ProcessHandle> children = stack.children().toList();
      Instant asked = Instant.now();
      assertThat(stack.stop()).isEqualTo(143);
      assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
      assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void theDataOfAServerBelongToOneProcess() throws Exception {
    try (StackProcess first = StackProcess.start(data, "mongo");
        StackProcess second = StackProcess.launch(data, "mongo", "s3")) {
      assertThat(exitCode(second)).isEqualTo(1);
      assertThat(second.log())
          .contains("the mongo data in " + data + " are in use by process " + first.process().pid())
          .doesNotContain("Exception");
      StackProcess.start(data, "s3").close();
    }
  }

  @Test
  void aTakenPortIsNamedWithTheOptionThatChangesIt() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      try (StackProcess stack = StackProcess.launch(data, "gcs", "s3", "--gcs-port", port)) {
        assertThat(exitCode(stack)).isEqualTo(1);
        assertThat(stack.log())
            .contains("port " + port + " (gcs)")
            .contains("--gcs-port")
            .doesNotContain("(s3)");
        assertThat(stack.output()).isEmpty();
      }
    }
  }

  @Test
  void aWrongCommandLineIsRefusedWithEveryFault() throws Exception {
    try (StackProcess stack =
        StackProcess.launch(data, "s4", "--s3-port", "x", "--colour", "red")) {
      assertThat(exitCode(stack)).isEqualTo(2);
      assertThat(stack.log())
          .contains("unknown server s4", "--s3-port must be a number", "unknown option --colour")
          .contains("Usage:");
    }
  }

  @Test
  void theStackEndsWithTheProcessThatWasNamed() throws Exception {
    Process parent = new ProcessBuilder("sleep", "600").start();
    try (StackProcess stack =
        StackProcess.start(data, "mongo", "--parent-pid", Long.toString(parent.pid()))) {
      assertThat(stack.process().isAlive()).isTrue();
      parent.destroyForcibly().waitFor();
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !stack.process().isAlive());
      assertThat(stack.process().exitValue()).isZero();
    }
  }

  private static int exitCode(StackProcess stack) throws InterruptedException {
    assertThat(stack.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    return stack.process().exitValue();
  }
}
