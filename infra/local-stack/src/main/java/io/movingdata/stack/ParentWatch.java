package io.movingdata.stack;

/** Watches another process and acts when it has ended, by whatever cause. */
final class ParentWatch {

  private ParentWatch() {}

  /** Runs the action, on a thread of its own, once no process has that id any more. */
  static void onEnd(long pid, Runnable action) {
    Thread watch =
        new Thread(
            () -> {
              ProcessHandle.of(pid).ifPresent(parent -> parent.onExit().join());
              action.run();
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
