package io.movingdata.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The launcher in a process of its own, as its users run it: from the built class path. */
public final class StackProcess implements AutoCloseable {

  private static final Pattern READY =
      Pattern.compile("\\{\"ready\":\"(\\w+)\",\"endpoint\":\"([^\"]+)\",\"port\":(\\d+)}");

  private final Process process;
  private final Path log;
  private final Map<String, String> endpoints = new LinkedHashMap<>();

  private StackProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts servers on free ports and waits until all are ready. */
  static StackProcess start(Path data, String... args) throws IOException {
    StackProcess stack = launch(data, args);
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(stack.process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("{\"ready\":\"all\"}")) {
        return stack;
      }
      Matcher ready = READY.matcher(line);
      if (!ready.matches()) {
        throw new IllegalStateException("not a ready line: " + line);
      }
      stack.endpoints.put(ready.group(1), ready.group(2));
    }
    throw new IllegalStateException("the stack did not start:\n" + stack.log());
  }

  /** Starts the launcher and waits for nothing. */
  static StackProcess launch(Path data, String... args) throws IOException {
    return launch(System.getenv("PATH"), data, args);
  }

  /** Starts the launcher with programs of the test's own, and waits for nothing. */
  public static StackProcess launch(String programs, Path data, String... args) throws IOException {
    Path log = Files.createTempFile("local-stack", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", "target/classes:target/lib/*"));
    command.add(LocalStack.class.getName());
    command.addAll(List.of(args));
    command.addAll(List.of("--data", data.toString()));
    for (ServerKind kind : ServerKind.values()) {
      if (!command.contains(kind.portOption())) {
        command.addAll(List.of(kind.portOption(), "0"));
      }
    }
    if (!command.contains("--parent-pid")) {
      command.addAll(List.of("--parent-pid", Long.toString(ProcessHandle.current().pid())));
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().put("PATH", programs);
    return new StackProcess(builder.start(), log);
  }

  String endpoint(String server) {
    return endpoints.get(server);
  }

  public Process process() {
    return process;
  }

  public Stream<ProcessHandle> children() {
    return process.descendants();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** What it wrote on standard output since its start; it must have ended. */
  String output() throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The end of the process that nothing can answer to. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * Asks it to stop and waits.
   *
   * @return the exit code
   */
  public int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException("the stack did not stop within 10 s");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    Files.deleteIfExists(log);
  }
}
