package io.movingdata.bench;

import io.movingdata.testkit.process.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * One node with every role, started as {@code infra/up} starts it. Old copies stay: the peer
 * deletes nothing either. No pass and no backup begins by itself.
 */
final class Node implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready (http://\\S+)");

  private final Path log;
  private final Process process;
  private final URI address;

  private Node(Path log, Process process, URI address) {
    this.log = log;
    this.process = process;
    this.address = address;
  }

  static Node start(Servers servers, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.directory(RepositoryRoot.find().toFile());
    builder.environment().putAll(settings(servers));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Awaitility.await("the node")
        .atMost(Duration.ofMinutes(2))
        .until(() -> !process.isAlive() || READY.matcher(Files.readString(log)).find());
    Matcher ready = READY.matcher(Files.readString(log));
    if (!ready.find()) {
      throw new IllegalStateException("the node ended; see " + log);
    }
    return new Node(log, process, URI.create(ready.group(1)));
  }

  private static List<String> command() {
    String options = System.getenv().getOrDefault("NODE_JAVA_OPTS", "-Xmx512m");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options.trim().split("\\s+")));
    command.add("@conf/jvm.options");
    command.addAll(List.of("-cp", "verticles/all/target/lib/*"));
    command.add("io.movingdata.core.launch.Launcher");
    return command;
  }

  private static Map<String, String> settings(Servers servers) {
    return Map.ofEntries(
        Map.entry("PROFILE", "local"),
        Map.entry("ENABLE_SYNTHETIC_LOAD", "0"),
        Map.entry("HTTP_PORT", "0"),
        Map.entry("COLLECT_GRACE_MS", Long.toString(Duration.ofDays(1).toMillis())),
        Map.entry("BACKUP_INTERVAL_MS", "0"),
        Map.entry("CONSISTENCY_LIGHT_INTERVAL_MS", "0"),
        Map.entry("CONSISTENCY_DEEP_INTERVAL_MS", "0"),
        Map.entry("CONSISTENCY_POLL_MS", "200"),
        Map.entry("S3_ENDPOINT", servers.endpoint("s3").toString()),
        Map.entry("AZURITE_BLOB_URL", servers.endpoint("azurite").toString()),
        Map.entry("GCS_ENDPOINT", servers.endpoint("gcs").toString()),
        Map.entry("MONGO_URL", servers.endpoint("mongo").toString()));
  }

  URI address() {
    return address;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** What it logged. */
  List<String> log() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
