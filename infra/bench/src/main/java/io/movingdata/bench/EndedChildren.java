package io.movingdata.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time of this process's children that have ended: what is left to ask of a command. */
final class EndedChildren {
  private static final Path STAT = Path.of("/proc/self/stat");

  /** The unit of {@code /proc}, the same on every usual Linux. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int CHILD_USER = 13;
  private static final int CHILD_SYSTEM = 14;

  private EndedChildren() {}

  /** Seconds so far; 0 where the system has no {@code /proc}. */
  static double cpuSeconds() {
    try {
      return Files.exists(STAT) ? parse(Files.readString(STAT)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Out of proc(5)'s {@code stat}; the second field, the name, may hold anything. */
  static double parse(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[CHILD_USER]) + Long.parseLong(fields[CHILD_SYSTEM]))
        / TICKS_PER_SECOND;
  }
}
