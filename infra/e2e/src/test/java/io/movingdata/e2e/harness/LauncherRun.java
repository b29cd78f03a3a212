package io.movingdata.e2e.harness;

import io.movingdata.testkit.process.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of the launcher that ran to its end, in a process of its own.
 *
 * @param exitCode how it ended
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record LauncherRun(int exitCode, String out, String err) {
  private static final long MOST_S = 180;

  /** Runs a command with the settings of a node. */
  public static LauncherRun of(Map<String, String> settings, String... words) {
    Path root = RepositoryRoot.find();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LocalSystem.BRIEF);
    command.add("@" + root.resolve("conf/jvm.options"));
    command.addAll(List.of("-cp", root.resolve("verticles/all/target/lib") + "/*"));
    command.add("io.movingdata.core.launch.Launcher");
    command.addAll(List.of(words));
    try {
      Path out = Files.createTempFile("movingdata", ".out");
      Path err = Files.createTempFile("movingdata", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(settings);
      Process process = builder.start();
      Processes.killAtExit(process);
      if (!process.waitFor(MOST_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(List.of(words) + " does not end:\n" + text(err));
      }
      LauncherRun run = new LauncherRun(process.exitValue(), text(out), text(err));
      Files.delete(out);
      Files.delete(err);
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** The lines of standard output. */
  public List<String> lines() {
    return out.lines().toList();
  }
}
