package io.movingdata.e2e.harness;

import io.movingdata.testkit.process.RepositoryRoot;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A node in a process of its own, as an operator would start it. */
public final class NodeProcess implements AutoCloseable {
  /** A node that was a cluster's first and comes back alone has to be merged with the others. */
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);

  private static final Pattern READY = Pattern.compile("ready (http://\\S+)");

  private final String name;
  private final List<String> javaOptions;
  private final List<Path> classPath;
  private final Map<String, String> environment;
  private final Path log;
  private Process process;
  private volatile URI address;
  private volatile URI lastAddress;

  NodeProcess(
      String name,
      List<String> javaOptions,
      List<Path> classPath,
      Map<String, String> environment,
      Path log) {
    this.name = name;
    this.javaOptions = javaOptions;
    this.classPath = List.copyOf(classPath);
    this.environment = environment;
    this.log = log;
  }

  /** Starts the process and waits until it says that it is ready. */
  public NodeProcess start() {
    Path root = RepositoryRoot.find();
    Path lib = root.resolve("verticles/all/target/lib");
    if (!Files.isDirectory(lib)) {
      throw new AssertionError(
          lib + " is missing; run: mvn -q -DskipTests package -pl verticles/all -am");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.add("@" + root.resolve("conf/jvm.options"));
    String classes =
        Stream.concat(Stream.of(lib.resolve("*")), classPath.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-cp", classes, "io.movingdata.core.launch.Launcher"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(root.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long before = log.toFile().length();
    address = null;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Processes.killAtExit(process);
    address = awaitReady(before);
    lastAddress = address;
    awaitCatalog();
    return this;
  }

  private void awaitCatalog() {
    Awaitility.await(name + " has its metadata store")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> api().get("/health").json().getJsonObject("mongo").getBoolean("connected"));
  }

  private URI awaitReady(long before) {
    Awaitility.await(name + " is ready")
        .atMost(READY_WITHIN)
        .pollInterval(Duration.ofMillis(50))
        .failFast(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError(name + " ended:\n" + tail());
              }
            })
        .until(() -> READY.matcher(logFrom(before)).find());
    Matcher matcher = READY.matcher(logFrom(before));
    if (!matcher.find()) {
      throw new AssertionError(name + " is not ready:\n" + tail());
    }
    return URI.create(matcher.group(1));
  }

  /** Where its API answers; while it starts anew, where it did. */
  public Api api() {
    return new Api(address == null ? lastAddress : address);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Whether it runs and has said that it is ready. */
  public boolean ready() {
    return address != null && process.isAlive();
  }

  /** Waits until it reads access events. */
  public NodeProcess awaitConsumer() {
    Awaitility.await(name + " reads events")
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> api().get("/health").json().getJsonObject("kafka").getBoolean("consumer_ready"));
    return this;
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Ends the process without any notice. */
  public void kill9() {
    process.destroyForcibly();
    await();
  }

  /** Whether the process is frozen (SIGSTOP). */
  public boolean frozen() {
    return Processes.output("ps", "-o", "state=", "-p", Long.toString(pid())).startsWith("T");
  }

  /** Lets a frozen process go on (SIGCONT). */
  public void thaw() {
    Processes.output("kill", "-CONT", Long.toString(pid()));
  }

  /** Asks the process to stop; how it ended. */
  public int terminate() {
    process.destroy();
    await();
    return process.exitValue();
  }

  private void await() {
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(name + " did not end within 40 s:\n" + tail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Where it writes to. */
  public Path logFile() {
    return log;
  }

  /** Everything that it wrote. */
  public String log() {
    return logFrom(0);
  }

  private String logFrom(long offset) {
    try {
      byte[] bytes = Files.readAllBytes(log);
      int from = (int) Math.min(offset, bytes.length);
      return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** The end of what it wrote. */
  public String tail() {
    String all = log();
    return all.substring(Math.max(0, all.length() - 4000));
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      process.destroyForcibly();
      await();
    }
  }
}
