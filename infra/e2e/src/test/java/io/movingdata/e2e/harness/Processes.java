package io.movingdata.e2e.harness;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes sure that no child outlives the test run, however it ends. */
final class Processes {
  private static final Set<Process> CHILDREN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> CHILDREN.forEach(Process::destroyForcibly)));
  }

  private Processes() {}

  static void killAtExit(Process process) {
    CHILDREN.removeIf(child -> !child.isAlive());
    CHILDREN.add(process);
  }
}
