package io.movingdata.stack.azurite;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * Azurite as the lock file pins it, in {@code node_modules} beside that file. Installed once, at
 * the first use; concurrent first uses wait for one another.
 */
public final class AzuriteInstall {

  private static final int NODE_AT_LEAST = 18;
  private static final int NPM_MINUTES = 10;

  private final Path folder;
  private final PrintStream progress;

  /**
   * Describes an installation.
   *
   * @param folder where {@code package.json} and {@code package-lock.json} lie
   * @param progress where the steps of an installation are told
   */
  public AzuriteInstall(Path folder, PrintStream progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Installs Azurite into the folder, for the build.
   *
   * @param args the folder
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    new AzuriteInstall(Path.of(args[0]), System.out).ensure();
  }

  /**
   * Installs what the lock file says, unless that is there already.
   *
   * @throws IOException with the remedy, if Node.js or npm is missing or the download fails
   */
  public void ensure() throws IOException, InterruptedException {
    Path lockFile = folder.resolve("package-lock.json");
    if (!Files.isRegularFile(lockFile)) {
      throw new IOException("no package-lock.json in " + folder + "; give --azurite-dir DIR");
    }
    requireNode();
    synchronized (AzuriteInstall.class) {
      if (isInstalled(lockFile)) {
        return;
      }
      try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !isInstalled(lockFile)) {
          install();
          Files.copy(lockFile, stamp());
        }
      }
    }
  }

  /** A copy of the lock file, written last: a broken installation has none. */
  private Path stamp() {
    return folder.resolve("node_modules").resolve(".installed-from");
  }

  private boolean isInstalled(Path lockFile) throws IOException {
    return Files.exists(stamp()) && Files.mismatch(lockFile, stamp()) < 0;
  }

  private void install() throws IOException, InterruptedException {
    progress.println("Installing Azurite with npm into " + folder + " (once) ...");
    long started = System.nanoTime();
    String output =
        run(
            NPM_MINUTES,
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error");
    progress.println(
        "Azurite is installed, after %d s.%n%s"
            .formatted(
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started), output.strip()));
  }

  private void requireNode() throws IOException, InterruptedException {
    String version = run(1, "node", "--version").strip();
    int major;
    try {
      major = Integer.parseInt(version.replaceFirst("^v(\\d+).*", "$1"));
    } catch (NumberFormatException e) {
      throw new IOException("node --version answered " + version, e);
    }
    if (major < NODE_AT_LEAST) {
      throw new IOException(
          "Azurite needs Node.js %d or newer, but node is %s; install a newer one"
              .formatted(NODE_AT_LEAST, version));
    }
  }

  private String run(int minutes, String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("azurite-install", ".log");
    try {
      Process process;
      try {
        process =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
      } catch (IOException e) {
        throw new IOException(
            "Azurite needs Node.js %d or newer with npm, but %s cannot be run; install it"
                    .formatted(NODE_AT_LEAST, command[0])
                + " (https://nodejs.org, or the package nodejs and npm), or leave azurite out",
            e);
      }
      boolean ended = waitFor(process, minutes);
      if (!ended || process.exitValue() != 0) {
        throw new IOException(
            "%s failed in %s; is the npm registry reachable?%n%s"
                .formatted(String.join(" ", command), folder, Files.readString(output).strip()));
      }
      return Files.readString(output);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** Waits for a process; one that takes too long, or is not wanted any more, is killed. */
  private static boolean waitFor(Process process, int minutes) throws InterruptedException {
    try {
      return process.waitFor(minutes, TimeUnit.MINUTES);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
