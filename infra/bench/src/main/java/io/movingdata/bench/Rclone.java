package io.movingdata.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rclone command. */
final class Rclone {
  static final String REMEDY =
      """
      rclone was not found, so MovingData is measured alone. To compare: \
      go install github.com/rclone/rclone@v1.71.0, and have it on PATH or in RCLONE.""";

  private final Path binary;
  private final Path config;

  Rclone(Path binary, Path config) {
    this.binary = binary;
    this.config = config;
  }

  /** The command, with a remote for each server; its configuration is written into a folder. */
  static Rclone configured(Path binary, Path folder, Servers servers) throws IOException {
    Path config = folder.resolve("rclone.conf");
    Files.createFile(config);
    Rclone command = new Rclone(binary, config);
    String text =
        RcloneConfig.text(
            RcloneConfig.local(),
            server -> servers.endpoint(server).toString(),
            password -> command.run("obscure", password));
    Files.writeString(config, text);
    return command;
  }

  /** The binary that the environment names, or the first on its path. */
  static Optional<Path> find(Map<String, String> environment) {
    String named = environment.get("RCLONE");
    if (named != null) {
      Path binary = Path.of(named).toAbsolutePath();
      if (!Files.isExecutable(binary)) {
        throw new IllegalArgumentException("RCLONE names no program: " + named);
      }
      return Optional.of(binary);
    }
    Stream<String> folders =
        Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1));
    return folders
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "rclone"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Runs a command to its end; what it printed.
   *
   * @throws IllegalStateException where it fails
   */
  String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary.toString(), "--config", config + ""));
    command.addAll(Arrays.asList(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            "rclone %s ended with %d: %s".formatted(arguments[0], code, output));
      }
      return output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
