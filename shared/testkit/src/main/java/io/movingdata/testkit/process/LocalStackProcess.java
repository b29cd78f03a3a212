package io.movingdata.testkit.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.json.Json;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Servers of the local stack in a child process on free ports, for tests against a real server. It
 * ends with this process at the latest.
 */
public final class LocalStackProcess implements AutoCloseable {
  private static final long START_SECONDS = 60;
  private static final String MAIN = "io.movingdata.stack.LocalStack";
  private static final String REMEDY =
      "build it with: mvn -q -DskipTests package -pl infra/local-stack";

  private final Path root;
  private final Path data;
  private final List<String> servers;
  private final List<String> options;
  private final Map<String, URI> endpoints = new LinkedHashMap<>();
  private Process process;
  private OutputTail errors;

  private LocalStackProcess(Path root, Path data, List<String> servers, List<String> options) {
    this.root = root;
    this.data = data;
    this.servers = servers;
    this.options = options;
  }

  /**
   * Starts servers, such as {@code s3}, and waits until all of them are ready.
   *
   * @param data folder for what they keep; it survives {@link #kill} and {@link #restart}
   * @throws IllegalStateException with the remedy where they do not become ready
   */
  public static LocalStackProcess start(Path data, String... servers) {
    return startWith(List.of(), data, servers);
  }

  /** As {@link #start}, with further options of the local stack's command line. */
  public static LocalStackProcess startWith(List<String> options, Path data, String... servers) {
    LocalStackProcess stack =
        new LocalStackProcess(RepositoryRoot.find(), data, List.of(servers), List.copyOf(options));
    stack.launch();
    return stack;
  }

  /** Where a server listens. */
  public URI endpoint(String server) {
    URI endpoint = endpoints.get(server);
    if (endpoint == null) {
      throw new IllegalArgumentException(server + " was not started; there are " + endpoints);
    }
    return endpoint;
  }

  /** A server's port. */
  public int port(String server) {
    return endpoint(server).getPort();
  }

  /** The process in which they run now. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends the servers at once, as a crash would (SIGKILL). */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Stops the servers where they are, as a machine that hangs would (SIGSTOP). */
  public void freeze() {
    signal("STOP");
  }

  /** Lets frozen servers go on. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server was sent a signal", e);
    }
  }

  /** Starts the servers again on the same ports and data, after a kill or in place of one. */
  public void restart() {
    if (process.isAlive()) {
      kill();
    }
    launch();
  }

  /** Ends the servers in order. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private void awaitEnd() {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server ended", e);
    }
  }

  private void launch() {
    Path classes = root.resolve("infra/local-stack/target/classes");
    if (!Files.isDirectory(classes.resolve("io"))) {
      throw new IllegalStateException("the local stack is not built; " + REMEDY);
    }
    try {
      process = new ProcessBuilder(command(classes)).directory(root.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException("the local stack cannot be started; " + REMEDY, e);
    }
    errors = OutputTail.of(process.getErrorStream(), "local-stack-errors");
    CompletableFuture<Void> ready = new CompletableFuture<>();
    Thread reader = new Thread(() -> readAnnouncements(process, ready), "local-stack-output");
    reader.setDaemon(true);
    reader.start();
    awaitReady(ready);
  }

  private List<String> command(Path classes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(classes + File.pathSeparator + classes.resolveSibling("lib") + "/*");
    command.add(MAIN);
    command.addAll(servers);
    command.add("--data");
    command.add(data.toAbsolutePath().toString());
    for (String server : servers) {
      URI known = endpoints.get(server);
      command.add("--" + server + "-port");
      command.add(Integer.toString(known == null ? 0 : known.getPort()));
    }
    command.addAll(options);
    command.add("--parent-pid");
    command.add(Long.toString(ProcessHandle.current().pid()));
    return command;
  }

  private void readAnnouncements(Process started, CompletableFuture<Void> ready) {
    try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode announced = Json.mapper().readTree(line);
        String name = announced.path("ready").asText();
        if (name.equals("all")) {
          ready.complete(null);
        } else if (announced.has("endpoint")) {
          endpoints.put(name, URI.create(announced.get("endpoint").asText()));
        }
      }
      ready.completeExceptionally(new IOException("the process has ended"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  private void awaitReady(CompletableFuture<Void> ready) {
    try {
      ready.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "the local stack (%s) was not ready within %d s: %s%n%s%nIf it is out of date, %s"
              .formatted(servers, START_SECONDS, e.getMessage(), errors.text(), REMEDY),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new IllegalStateException("interrupted while the local stack started", e);
    }
  }
}
