package io.movingdata.core.launch;

import java.io.PrintStream;
import java.util.List;

/**
 * A command of the launcher other than running a node; found by {@link java.util.ServiceLoader}.
 */
public interface Command {
  /** The word after the launcher's name. */
  String name();

  /** One line for {@code help}. */
  String summary();

  /**
   * Runs to its end.
   *
   * @return the process's exit code
   */
  int run(List<String> arguments, PrintStream out, PrintStream err);
}
