package io.movingdata.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The most resident memory of a process, as Linux counts it. */
final class PeakMemory {
  private static final String PEAK = "VmHWM:";

  private final Path folder;

  PeakMemory(ProcessHandle process) {
    this.folder = Path.of("/proc", Long.toString(process.pid()));
  }

  /** From now on what was before does not count, where the system allows that. */
  void reset() {
    try {
      Files.writeString(folder.resolve("clear_refs"), "5");
    } catch (IOException notAllowed) {
      // The peak is then that since the process began, which is no less.
    }
  }

  /** MiB; empty where the system does not tell. */
  OptionalLong mib() {
    try {
      return Files.readAllLines(folder.resolve("status")).stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst();
    } catch (IOException none) {
      return OptionalLong.empty();
    }
  }
}
